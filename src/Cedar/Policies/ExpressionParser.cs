using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>
/// Parses conditions by recursive descent, one method a level of the reference grammar. What follows a value
/// (attributes, calls, indexes) is in <see cref="MemberParser"/>.
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxUnaryOperators = 4;
    private const ulong LongMinMagnitude = 1UL << 63;

    private readonly TokenReader _tokens;
    private readonly NameParser _names;
    private readonly MemberParser _members;
    private int _depth;

    public ExpressionParser(TokenReader tokens)
    {
        _tokens = tokens;
        _names = new NameParser(tokens);
        _members = new MemberParser(tokens, _names, this);
    }

    public Expression Parse()
    {
        if (++_depth > Expression.MaxHeight || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooDeep(_tokens.Current.Span);
        var result = _tokens.AtWord("if") ? If() : Or();
        _depth--;
        return result;
    }

    /// <summary>Refuses a tree that later walks could not recurse through; long chains of operators grow in depth, too.</summary>
    public T Bounded<T>(T expression)
        where T : Expression =>
        expression.Height <= Expression.MaxHeight ? expression : throw TooDeep(expression.Span);

    private CedarParseException TooDeep(SourceSpan span) =>
        _tokens.Error(new SourceSpan(span.Start, span.Start + 1), $"this expression nests deeper than {Expression.MaxHeight} levels");

    private IfExpression If()
    {
        var start = _tokens.Take().Span;
        var condition = Parse();
        _tokens.ExpectWord("then");
        var then = Parse();
        _tokens.ExpectWord("else");
        var otherwise = Parse();
        return Bounded(new IfExpression(condition, then, otherwise, _tokens.From(start)));
    }

    private Expression Or()
    {
        var left = And();
        while (_tokens.TryTake(TokenKind.Or)) left = Binary(BinaryOperator.Or, left, And());
        return left;
    }

    private Expression And()
    {
        var left = Relation();
        while (_tokens.TryTake(TokenKind.And)) left = Binary(BinaryOperator.And, left, Relation());
        return left;
    }

    private Expression Relation()
    {
        var left = Add();
        Expression result;
        if (RelationalOperator() is { } op)
        {
            _tokens.Take();
            result = Binary(op, left, Add());
        }
        else if (_tokens.TryTakeWord("has"))
        {
            result = Has(left);
        }
        else if (_tokens.TryTakeWord("like"))
        {
            var pattern = _tokens.Expect(TokenKind.String, "a pattern as a string");
            result = new LikeExpression(left, StringLiterals.UnescapePattern(_tokens.Source, pattern.Span), _tokens.From(left.Span));
        }
        else if (_tokens.TryTakeWord("is"))
        {
            var type = _names.Path("an entity type");
            var ancestor = _tokens.TryTakeWord("in") ? Add() : null;
            result = new IsExpression(left, type, ancestor, _tokens.From(left.Span));
        }
        else
        {
            return left;
        }

        if (RelationalOperator() is not null || _tokens.AtWord("has") || _tokens.AtWord("like") || _tokens.AtWord("is"))
            throw _tokens.Error(_tokens.Current.Span, "relations do not chain; use parentheses or `&&`");
        return Bounded(result);
    }

    private BinaryOperator? RelationalOperator() => _tokens.Current.Kind switch
    {
        TokenKind.EqualTo => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Assign => throw _tokens.Error(_tokens.Current.Span, "`=` is no operator; did you mean `==`?"),
        TokenKind.Identifier when _tokens.AtWord("in") => BinaryOperator.In,
        _ => null,
    };

    private HasExpression Has(Expression target)
    {
        if (_tokens.At(TokenKind.String))
            return new HasExpression(target, [_tokens.ExpectString("an attribute")], _tokens.From(target.Span));
        var path = ImmutableArray.CreateBuilder<string>();
        do path.Add(_names.Identifier("an attribute"));
        while (_tokens.TryTake(TokenKind.Dot));
        return new HasExpression(target, path.ToImmutable(), _tokens.From(target.Span));
    }

    private Expression Add()
    {
        var left = Multiply();
        while (true)
        {
            if (_tokens.TryTake(TokenKind.Plus)) left = Binary(BinaryOperator.Add, left, Multiply());
            else if (_tokens.TryTake(TokenKind.Minus)) left = Binary(BinaryOperator.Subtract, left, Multiply());
            else return left;
        }
    }

    private Expression Multiply()
    {
        var left = Unary();
        while (true)
        {
            if (_tokens.At(TokenKind.Divide) || _tokens.At(TokenKind.Modulo))
                throw _tokens.Error(_tokens.Current.Span, "Cedar has no division and no remainder");
            if (!_tokens.TryTake(TokenKind.Times)) return left;
            left = Binary(BinaryOperator.Multiply, left, Unary());
        }
    }

    private Expression Unary()
    {
        var kind = _tokens.Current.Kind;
        if (kind is not (TokenKind.Not or TokenKind.Minus)) return _members.Parse();

        var start = _tokens.Current.Span;
        var count = 0;
        while (_tokens.TryTake(kind))
            if (++count > MaxUnaryOperators)
                throw _tokens.Error(_tokens.From(start), $"at most {MaxUnaryOperators} of the same operator may stand before a value");

        Expression result;
        if (kind == TokenKind.Minus && _members.AtPlainInteger())
        {
            result = NegativeInteger(_tokens.Previous.Span.Start);
            count--;
        }
        else
        {
            result = _members.Parse();
        }

        var op = kind == TokenKind.Not ? UnaryOperator.Not : UnaryOperator.Negate;
        while (count-- > 0) result = new UnaryExpression(op, result, _tokens.From(start));
        return Bounded(result);
    }

    /// <summary>A minus and a number are one literal, which is how the smallest long can be written.</summary>
    private LiteralExpression NegativeInteger(int start)
    {
        var token = _tokens.Take();
        var span = new SourceSpan(start, token.Span.End);
        if (!ulong.TryParse(_tokens.Text(token), NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude) || magnitude > LongMinMagnitude)
            throw _tokens.Error(span, "this integer is below -9223372036854775808");
        return new LiteralExpression(unchecked(-(long)magnitude), span);
    }

    private BinaryExpression Binary(BinaryOperator op, Expression left, Expression right) =>
        Bounded(new BinaryExpression(op, left, right, _tokens.From(left.Span)));
}
