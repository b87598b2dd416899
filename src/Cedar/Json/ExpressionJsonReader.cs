using System.Collections.Immutable;
using System.Text.Json;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads expressions of the JSON policy format.</summary>
internal static class ExpressionJsonReader
{
    public static Expression Read(JsonElement json, JsonPath path, int depth = 1)
    {
        if (depth > Expression.MaxHeight) throw path.Error($"this expression nests deeper than {Expression.MaxHeight} levels");
        if (JsonInput.Object(json, path).GetPropertyCount() != 1) throw path.Error("an expression is an object with one property, its operator");
        var (name, content, at) = JsonInput.Properties(json, path).First();
        var expression = new Operation(content, at, depth).Read(name);
        return expression.Height <= Expression.MaxHeight
            ? expression
            : throw path.Error($"this expression nests deeper than {Expression.MaxHeight} levels");
    }

    /// <summary>The content of an expression under its operator's name.</summary>
    private readonly struct Operation(JsonElement json, JsonPath path, int depth)
    {
        private const string Left = "left";
        private const string Argument = "arg";

        public Expression Read(string name)
        {
            switch (name)
            {
                case PolicyJsonFormat.Value: return LiteralJsonReader.Read(json, path, depth);
                case PolicyJsonFormat.Variable:
                    return VariableNames.Find(JsonInput.Text(json, path)) is { } variable
                        ? new VariableExpression(variable, SourceSpan.None)
                        : throw path.Error("the variables are principal, action, resource and context");
                case PolicyJsonFormat.Slot: throw path.Error("slots stand only in the scope of a policy");
                case PolicyJsonFormat.Not: return Unary(UnaryOperator.Not);
                case PolicyJsonFormat.Negate: return Unary(UnaryOperator.Negate);
                case Methods.IsEmpty: return Unary(UnaryOperator.IsEmpty);
                case PolicyJsonFormat.Attribute:
                    Only(Left, "attr");
                    return new AttributeExpression(Part(Left), Text("attr"), SourceSpan.None);
                case PolicyJsonFormat.Has: return new HasExpression(Part(Left), Path(), SourceSpan.None);
                case PolicyJsonFormat.Like:
                    Only(Left, "pattern");
                    return new LikeExpression(Part(Left), Pattern(), SourceSpan.None);
                case PolicyJsonFormat.Is: return Is();
                case PolicyJsonFormat.If:
                    Only("if", "then", "else");
                    return new IfExpression(Part("if"), Part("then"), Part("else"), SourceSpan.None);
                case PolicyJsonFormat.Set: return new SetExpression(Elements(), SourceSpan.None);
                case PolicyJsonFormat.Record: return Record();
            }

            if (OperatorNames.TryBinary(name, out var op))
            {
                Only(Left, "right");
                return new BinaryExpression(op, Part(Left), Part("right"), SourceSpan.None);
            }

            return ExtensionFunctions.Find(name) is { } function
                ? new CallExpression(function, Elements(), SourceSpan.None)
                : throw path.Error($"there is no operator or function `{name}`");
        }

        private UnaryExpression Unary(UnaryOperator op)
        {
            Only(Argument);
            return new UnaryExpression(op, Part(Argument), SourceSpan.None);
        }

        private IsExpression Is()
        {
            Only(Left, "entity_type", "in");
            var type = Text("entity_type");
            if (!Identifiers.IsName(type)) throw path.Property("entity_type").Error($"`{type}` is not an entity type");
            var hasAncestor = json.TryGetProperty("in", out var ancestor) && ancestor.ValueKind != JsonValueKind.Null;
            return new IsExpression(Part(Left), type, hasAncestor ? Part("in") : null, SourceSpan.None);
        }

        private RecordExpression Record()
        {
            var (at, next) = (path, depth + 1);
            return new RecordExpression(
                [.. JsonInput.Properties(json, at).Select(field =>
                    KeyValuePair.Create(field.Name, ExpressionJsonReader.Read(field.Value, field.Path, next)))],
                SourceSpan.None);
        }

        private ImmutableArray<Expression> Elements()
        {
            var (at, next) = (path, depth + 1);
            return [.. JsonInput.Elements(json, at).Select(item => ExpressionJsonReader.Read(item.Value, item.Path, next))];
        }

        /// <summary>What <c>has</c> asks for: one name, or several for a path.</summary>
        private ImmutableArray<string> Path()
        {
            var at = path.Property("attr");
            var names = JsonInput.Required(json, "attr", path);
            if (names.ValueKind == JsonValueKind.String) return [JsonInput.Text(names, at)];
            ImmutableArray<string> several = [.. JsonInput.Elements(names, at).Select(name => JsonInput.Text(name.Value, name.Path))];
            return several.IsEmpty ? throw at.Error("a path has at least one name") : several;
        }

        private Pattern Pattern()
        {
            var pattern = new Pattern.Builder();
            foreach (var (item, at) in JsonInput.Elements(JsonInput.Required(json, "pattern", path), path.Property("pattern")))
            {
                if (item.ValueKind == JsonValueKind.String && item.ValueEquals(PolicyJsonFormat.Wildcard))
                {
                    pattern.AddWildcard();
                    continue;
                }

                JsonInput.Only(item, at, PolicyJsonFormat.Literal);
                pattern.AddLiteral(JsonInput.Text(JsonInput.Required(item, PolicyJsonFormat.Literal, at), at.Property(PolicyJsonFormat.Literal)));
            }

            return pattern.Build();
        }

        private Expression Part(string name) =>
            ExpressionJsonReader.Read(JsonInput.Required(json, name, path), path.Property(name), depth + 1);

        private string Text(string name) => JsonInput.Text(JsonInput.Required(json, name, path), path.Property(name));

        private void Only(params ReadOnlySpan<string> names) => JsonInput.Only(json, path, names);
    }
}
