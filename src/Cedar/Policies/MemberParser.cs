using System.Collections.Immutable;
using System.Globalization;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Parses values and what is attached to them: literals, entities, variables, sets, records, attributes, calls.</summary>
internal sealed class MemberParser(TokenReader tokens, NameParser names, ExpressionParser expressions)
{
    public Expression Parse()
    {
        var value = Primary();
        while (true)
        {
            if (tokens.TryTake(TokenKind.Dot))
            {
                var name = names.Identifier("an attribute or method");
                value = tokens.At(TokenKind.OpenParen)
                    ? MethodCall(value, name, tokens.Previous.Span)
                    : new AttributeExpression(value, name, tokens.From(value.Span));
            }
            else if (tokens.TryTake(TokenKind.OpenBracket))
            {
                var name = tokens.ExpectString("an attribute's name as a string");
                tokens.Expect(TokenKind.CloseBracket, "`]`");
                value = new AttributeExpression(value, name, tokens.From(value.Span));
            }
            else if (tokens.At(TokenKind.OpenParen))
            {
                throw tokens.Error(tokens.Current.Span, "only functions and methods can be called");
            }
            else
            {
                return value;
            }

            expressions.Bounded(value);
        }
    }

    /// <summary>Whether an integer stands here with nothing attached to it.</summary>
    public bool AtPlainInteger() =>
        tokens.At(TokenKind.Integer)
        && tokens.Following.Kind is not (TokenKind.Dot or TokenKind.OpenBracket or TokenKind.OpenParen);

    private Expression Primary()
    {
        var start = tokens.Current.Span;
        switch (tokens.Current.Kind)
        {
            case TokenKind.String:
                return new LiteralExpression(tokens.ExpectString("a string"), start);
            case TokenKind.Integer:
                return Integer();
            case TokenKind.OpenParen:
                tokens.Take();
                var inner = expressions.Parse();
                tokens.Expect(TokenKind.CloseParen, "`)`");
                return inner;
            case TokenKind.OpenBracket:
                tokens.Take();
                var elements = List(TokenKind.CloseBracket, "`]`", expressions.Parse);
                return expressions.Bounded(new SetExpression(elements, tokens.From(start)));
            case TokenKind.OpenBrace:
                return Record();
            case TokenKind.Slot:
                throw tokens.Error(start, "slots stand only in the head of a policy, after `==` or `in`");
            case TokenKind.Identifier:
                return Word();
            default:
                throw tokens.Expected("an expression");
        }
    }

    private LiteralExpression Integer()
    {
        var token = tokens.Take();
        return long.TryParse(tokens.Text(token), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new LiteralExpression(value, token.Span)
            : throw tokens.Error(token.Span, "this integer is above 9223372036854775807");
    }

    private Expression Word()
    {
        var start = tokens.Current.Span;
        if (tokens.Following.Kind != TokenKind.DoubleColon)
        {
            if (tokens.TryTakeWord("true")) return new LiteralExpression(true, start);
            if (tokens.TryTakeWord("false")) return new LiteralExpression(false, start);
            if (VariableNames.Find(tokens.Text(tokens.Current)) is { } variable)
            {
                tokens.Take();
                return new VariableExpression(variable, start);
            }
        }

        var name = names.Path("an expression");
        if (tokens.At(TokenKind.DoubleColon)) return new LiteralExpression(names.EntityOfType(name), tokens.From(start));
        if (tokens.At(TokenKind.OpenParen)) return FunctionCall(name, start);
        throw tokens.Error(tokens.From(start), $"`{name}` is no variable; principal, action, resource and context are, and an entity is written {name}::\"id\"");
    }

    private RecordExpression Record()
    {
        var start = tokens.Take().Span;
        var seen = new HashSet<string>();
        var fields = List(TokenKind.CloseBrace, "`}`", () =>
        {
            var at = tokens.Current.Span;
            var name = tokens.At(TokenKind.String) ? tokens.ExpectString("a name") : names.Identifier("a name");
            if (!seen.Add(name)) throw tokens.Error(at, $"the name `{name}` comes twice in this record");
            tokens.Expect(TokenKind.Colon, "`:`");
            return KeyValuePair.Create(name, expressions.Parse());
        });
        return expressions.Bounded(new RecordExpression(fields, tokens.From(start)));
    }

    private CallExpression FunctionCall(string name, SourceSpan start)
    {
        var function = ExtensionFunctions.Find(name);
        if (function is { IsMethod: true } || Methods.IsBuiltIn(name))
            throw tokens.Error(tokens.From(start), $"`{name}` is a method: write value.{name}(…)");
        return function is null
            ? throw tokens.Error(tokens.From(start), $"there is no function `{name}`; ip, decimal, datetime and duration are")
            : expressions.Bounded(new CallExpression(function, Arguments(), tokens.From(start)));
    }

    private Expression MethodCall(Expression receiver, string name, SourceSpan at)
    {
        if (Methods.IsBuiltIn(name))
        {
            var given = Arguments();
            var expected = name == Methods.IsEmpty ? 0 : 1;
            if (given.Length != expected) throw tokens.Error(tokens.From(at), $"`{name}` takes {expected} arguments, not {given.Length}");
            return Methods.Build(name, receiver, given, tokens.From(receiver.Span));
        }

        return ExtensionFunctions.Find(name) switch
        {
            null => throw tokens.Error(at, $"there is no method `{name}`"),
            { IsMethod: false } => throw tokens.Error(at, $"`{name}` is a function: write {name}(…)"),
            var method => new CallExpression(method, [receiver, .. Arguments()], tokens.From(receiver.Span)),
        };
    }

    private ImmutableArray<Expression> Arguments()
    {
        tokens.Expect(TokenKind.OpenParen, "`(`");
        return List(TokenKind.CloseParen, "`)`", expressions.Parse);
    }

    private ImmutableArray<T> List<T>(TokenKind close, string closing, Func<T> element)
    {
        var elements = ImmutableArray.CreateBuilder<T>();
        while (!tokens.TryTake(close))
        {
            elements.Add(element());
            if (tokens.TryTake(TokenKind.Comma)) continue;
            tokens.Expect(close, $"`,` or {closing}");
            break;
        }

        return elements.ToImmutable();
    }
}
