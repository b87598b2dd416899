using System.Collections.Immutable;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Expressions;

/// <summary>
/// A condition as its author wrote it: immutable, and the one form that text, JSON, validation and evaluation share.
/// </summary>
/// <param name="Span">Where it stands in the policy text; <see cref="SourceSpan.None"/> when read from JSON.</param>
/// <param name="Height">Levels of nodes from here down; bounded, so that walking the tree cannot exhaust the stack.</param>
internal abstract record Expression(SourceSpan Span, int Height)
{
    /// <summary>
    /// The deepest tree accepted. Every walk of a tree recurses once a level, and a thread has 1.5 MB of stack on the
    /// smallest platform; this leaves each level more than a kilobyte.
    /// </summary>
    public const int MaxHeight = 1000;

    public static int Above(Expression only) => only.Height + 1;

    public static int Above(Expression first, Expression second) => Math.Max(first.Height, second.Height) + 1;

    public static int Above(IEnumerable<Expression> parts) => parts.Select(part => part.Height).DefaultIfEmpty().Max() + 1;
}

/// <summary>A literal: a boolean, long, string or entity uid.</summary>
internal sealed record LiteralExpression(CedarValue Value, SourceSpan Span) : Expression(Span, 1);

internal sealed record VariableExpression(RequestVariable Variable, SourceSpan Span) : Expression(Span, 1);

internal sealed record IfExpression(Expression Condition, Expression Then, Expression Else, SourceSpan Span)
    : Expression(Span, Math.Max(Above(Condition), Above(Then, Else)));

internal sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, SourceSpan Span)
    : Expression(Span, Above(Operand));

internal sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, SourceSpan Span)
    : Expression(Span, Above(Left, Right));

/// <summary><c>target.name</c> or <c>target["name"]</c>.</summary>
internal sealed record AttributeExpression(Expression Target, string Name, SourceSpan Span) : Expression(Span, Above(Target));

/// <summary><c>target has a</c>, or <c>target has a.b.c</c>, which asks for each step in turn.</summary>
internal sealed record HasExpression(Expression Target, ImmutableArray<string> Path, SourceSpan Span)
    : Expression(Span, Above(Target) + Path.Length - 1);

internal sealed record LikeExpression(Expression Target, Pattern Pattern, SourceSpan Span) : Expression(Span, Above(Target));

/// <summary><c>target is Type</c>, or <c>target is Type in ancestor</c>.</summary>
internal sealed record IsExpression(Expression Target, string EntityType, Expression? In, SourceSpan Span)
    : Expression(Span, In is null ? Above(Target) : Above(Target, In));

internal sealed record SetExpression(ImmutableArray<Expression> Elements, SourceSpan Span) : Expression(Span, Above(Elements));

/// <summary>A record; its keys are distinct.</summary>
internal sealed record RecordExpression(ImmutableArray<KeyValuePair<string, Expression>> Fields, SourceSpan Span)
    : Expression(Span, Above(Fields.Select(field => field.Value)));

/// <summary>A call of an extension function or method; a method's receiver is the first argument. Any number of arguments parses.</summary>
internal sealed record CallExpression(ExtensionFunction Function, ImmutableArray<Expression> Arguments, SourceSpan Span)
    : Expression(Span, Above(Arguments));
