using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Parses the text of policies: annotations, effect, scope and conditions.</summary>
internal sealed class PolicyParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly ScopeParser _scope;

    public PolicyParser(string text)
    {
        _tokens = new TokenReader(text);
        _expressions = new ExpressionParser(_tokens);
        _scope = new ScopeParser(_tokens);
    }

    /// <summary>All policies and templates of a text, in its order.</summary>
    public static ImmutableArray<PolicyBody> ParseAll(string text)
    {
        var parser = new PolicyParser(text);
        var bodies = ImmutableArray.CreateBuilder<PolicyBody>();
        while (!parser._tokens.At(TokenKind.End)) bodies.Add(parser.Policy());
        return bodies.ToImmutable();
    }

    /// <summary>A text that is one policy or template and nothing else.</summary>
    public static PolicyBody ParseOne(string text)
    {
        var parser = new PolicyParser(text);
        var body = parser.Policy();
        parser._tokens.Expect(TokenKind.End, "nothing after the policy");
        return body;
    }

    private PolicyBody Policy()
    {
        var start = _tokens.Current.Span;
        var annotations = Annotations();
        var effect = _tokens.TryTakeWord("permit") ? Effect.Permit
            : _tokens.TryTakeWord("forbid") ? Effect.Forbid
            : throw _tokens.Expected("`permit` or `forbid`");

        _tokens.Expect(TokenKind.OpenParen, "`(` and the policy's scope");
        var principal = _scope.Principal();
        _tokens.Expect(TokenKind.Comma, "`,` and the action");
        var action = _scope.Action();
        _tokens.Expect(TokenKind.Comma, "`,` and the resource");
        var resource = _scope.Resource();
        _tokens.TryTake(TokenKind.Comma);
        _tokens.Expect(TokenKind.CloseParen, "`)` after the resource");

        var conditions = Conditions();
        _tokens.Expect(TokenKind.Semicolon, "`when`, `unless` or `;`");
        return new PolicyBody(effect, principal, action, resource, conditions, annotations, _tokens.From(start))
        {
            Source = _tokens.Source,
        };
    }

    private ImmutableArray<KeyValuePair<string, string?>> Annotations()
    {
        var annotations = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        var names = new HashSet<string>();
        while (_tokens.TryTake(TokenKind.At))
        {
            var name = _tokens.ExpectIdentifier("the annotation's name");
            if (!names.Add(name))
                throw _tokens.Error(_tokens.Previous.Span, $"the annotation `@{name}` comes twice");
            string? value = null;
            if (_tokens.TryTake(TokenKind.OpenParen))
            {
                value = _tokens.ExpectString("the annotation's value as a string");
                _tokens.Expect(TokenKind.CloseParen, "`)`");
            }

            annotations.Add(KeyValuePair.Create(name, value));
        }

        return annotations.ToImmutable();
    }

    private ImmutableArray<PolicyCondition> Conditions()
    {
        var conditions = ImmutableArray.CreateBuilder<PolicyCondition>();
        while (_tokens.AtWord("when") || _tokens.AtWord("unless"))
        {
            var negated = _tokens.Text(_tokens.Take()).SequenceEqual("unless");
            _tokens.Expect(TokenKind.OpenBrace, "`{`");
            if (_tokens.At(TokenKind.CloseBrace)) throw _tokens.Error(_tokens.Current.Span, "a condition may not be empty");
            var body = _expressions.Parse();
            _tokens.Expect(TokenKind.CloseBrace, "`}` at the end of the condition");
            conditions.Add(new PolicyCondition(negated, body));
        }

        return conditions.ToImmutable();
    }
}
