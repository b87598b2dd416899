using System.Text.Json;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads the <c>Value</c> of the JSON policy format as an expression: it may hold sets, records and extension values too.</summary>
internal static class LiteralJsonReader
{
    public static Expression Read(JsonElement json, JsonPath path, int depth)
    {
        if (depth > Expression.MaxHeight) throw path.Error($"this value nests deeper than {Expression.MaxHeight} levels");
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                return new SetExpression([.. JsonInput.Elements(json, path).Select(item => Read(item.Value, item.Path, depth + 1))], SourceSpan.None);
            case JsonValueKind.Object when ValueJsonReader.TryReadEntity(json, path, out var uid):
                return new LiteralExpression(uid, SourceSpan.None);
            case JsonValueKind.Object when ValueJsonReader.TryFindCall(json, path, out var call):
                return new CallExpression(
                    call.Function, [.. call.Arguments.Select(argument => Read(argument.Value, argument.Path, depth + 1))], SourceSpan.None);
            case JsonValueKind.Object:
                return new RecordExpression(
                    [.. JsonInput.Properties(json, path).Select(field => KeyValuePair.Create(field.Name, Read(field.Value, field.Path, depth + 1)))],
                    SourceSpan.None);
            default:
                return new LiteralExpression(ValueJsonReader.Read(json, path), SourceSpan.None);
        }
    }
}
