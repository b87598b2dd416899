using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Validation;

/// <summary>
/// Numbers expressions so that those that say the same have the same number, wherever they are written: what
/// <c>principal.a has b</c> has found out is known of every other <c>principal.a</c>. Operators that are short for others
/// count as written out, as <c>a != b</c> is <c>!(a == b)</c>.
/// </summary>
internal sealed class Shapes
{
    private readonly Dictionary<Key, int> _numbers = [];
    private readonly Dictionary<Expression, int> _known = new(ReferenceEqualityComparer.Instance);

    private enum Kind
    {
        Literal,
        Variable,
        If,
        Unary,
        Binary,
        Attribute,
        Has,
        Tag,
        Like,
        Is,
        Set,
        Record,
        Call,
        Item,
    }

    /// <summary>The capability to read an attribute of a target.</summary>
    public int AttributeOf(int target, string name) => Number(Kind.Has, name, target);

    /// <summary>The capability to read a tag of a target.</summary>
    public int TagOf(Expression target, Expression tag) => Number(Kind.Tag, null, Of(target), Of(tag));

    /// <summary>The number of <c>target.name</c>.</summary>
    public int Member(int target, string name) => Number(Kind.Attribute, name, target);

    public int Of(Expression expression)
    {
        if (_known.TryGetValue(expression, out var known)) return known;
        var number = Literals.Of(expression) is { IsNone: false } literal ? Number(Kind.Literal, literal) : Walk(expression);
        _known.Add(expression, number);
        return number;
    }

    private int Walk(Expression expression) => expression switch
    {
        VariableExpression variable => Number(Kind.Variable, variable.Variable),
        IfExpression choice => Number(Kind.If, null, Of(choice.Condition), Of(choice.Then), Of(choice.Else)),
        UnaryExpression unary => Number(Kind.Unary, unary.Operator, Of(unary.Operand)),
        BinaryExpression binary => Binary(binary.Operator, Of(binary.Left), Of(binary.Right)),
        AttributeExpression attribute => Member(Of(attribute.Target), attribute.Name),
        HasExpression has => Has(has),
        LikeExpression like => Number(Kind.Like, like.Pattern, Of(like.Target)),
        IsExpression type => Is(type),
        SetExpression set => set.Elements.Aggregate(Number(Kind.Set), (list, element) => Number(Kind.Item, null, list, Of(element))),
        RecordExpression record => record.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Aggregate(
            Number(Kind.Record), (list, field) => Number(Kind.Item, field.Key, list, Of(field.Value))),
        CallExpression call => call.Arguments.Aggregate(
            Number(Kind.Call, call.Function.Name), (list, argument) => Number(Kind.Item, null, list, Of(argument))),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private int Binary(BinaryOperator op, int left, int right) => op switch
    {
        BinaryOperator.NotEqual => Not(Number(Kind.Binary, BinaryOperator.Equal, left, right)),
        BinaryOperator.Greater => Not(Number(Kind.Binary, BinaryOperator.LessOrEqual, left, right)),
        BinaryOperator.GreaterOrEqual => Not(Number(Kind.Binary, BinaryOperator.Less, left, right)),
        _ => Number(Kind.Binary, op, left, right),
    };

    private int Has(HasExpression has)
    {
        var target = Of(has.Target);
        var result = AttributeOf(target, has.Path[0]);
        for (var i = 1; i < has.Path.Length; i++)
        {
            target = Member(target, has.Path[i - 1]);
            result = Number(Kind.Binary, BinaryOperator.And, result, AttributeOf(target, has.Path[i]));
        }

        return result;
    }

    private int Is(IsExpression type)
    {
        var target = Of(type.Target);
        var result = Number(Kind.Is, type.EntityType, target);
        if (type.In is null) return result;
        return Number(Kind.Binary, BinaryOperator.And, result, Number(Kind.Binary, BinaryOperator.In, target, Of(type.In)));
    }

    private int Not(int operand) => Number(Kind.Unary, UnaryOperator.Not, operand);

    private int Number(Kind kind, object? content = null, int first = -1, int second = -1, int third = -1)
    {
        var key = new Key(kind, content, first, second, third);
        if (_numbers.TryGetValue(key, out var number)) return number;
        _numbers.Add(key, _numbers.Count);
        return _numbers.Count - 1;
    }

    private readonly record struct Key(Kind Kind, object? Content, int First, int Second, int Third);
}
