using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Validation;

/// <summary>
/// Finds the type of expressions in one kind of request, and reports what cannot be evaluated. What is never evaluated is
/// not checked: the right side of <c>&amp;&amp;</c> where the left is always false, and the like.
/// </summary>
internal sealed class TypeChecker
{
    private readonly AccessRules _access;
    private readonly ComparisonRules _comparisons;
    private readonly MembershipRules _membership;
    private readonly CollectionRules _collections;
    private readonly CallRules _calls;

    public TypeChecker(SchemaModel schema, RequestEnvironment environment, Shapes shapes, FindingCollector findings)
    {
        Schema = schema;
        Environment = environment;
        Shapes = shapes;
        Findings = findings;
        _access = new AccessRules(this);
        _comparisons = new ComparisonRules(this);
        _membership = new MembershipRules(this);
        _collections = new CollectionRules(this);
        _calls = new CallRules(this);
    }

    public SchemaModel Schema { get; }

    public RequestEnvironment Environment { get; }

    public Shapes Shapes { get; }

    public FindingCollector Findings { get; }

    /// <summary>Checks an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="known">What is known to be there where it is evaluated.</param>
    public Typed Check(Expression expression, CapabilitySet known) => expression switch
    {
        LiteralExpression literal => Typed.Of(OfLiteral(literal.Value)),
        VariableExpression variable => Typed.Of(OfVariable(variable.Variable)),
        IfExpression choice => If(choice, known),
        UnaryExpression unary => Unary(unary, known),
        BinaryExpression binary => Binary(binary, known),
        AttributeExpression attribute => _access.Attribute(attribute, known),
        HasExpression has => _access.Has(has, known),
        LikeExpression like => Like(like, known),
        IsExpression type => _membership.Is(type, known),
        SetExpression set => _collections.Set(set, known),
        RecordExpression record => _collections.Record(record, known),
        CallExpression call => _calls.Check(call, known),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    /// <summary>Checks an expression that has to be of a kind; reports it where it is not.</summary>
    public Typed Expect(Expression expression, CapabilitySet known, ValueKind kind, Func<SchemaType, string?>? advice = null)
    {
        var typed = Check(expression, known);
        if (typed.Type is null || typed.Type.Kind == kind) return typed;
        Findings.Add(expression, $"expected {KindNames.Of(kind)}, found {Describe(typed.Type)}", advice?.Invoke(typed.Type));
        return Typed.Unknown;
    }

    /// <summary>Checks the right side of <c>&amp;&amp;</c>, unless the left says that it is never evaluated.</summary>
    public static Typed And(Typed left, Func<CapabilitySet, Typed> right, CapabilitySet known) =>
        left.IsFalse ? Typed.Of(false) : Typed.And(left, right(known.Union(left.Known)));

    /// <summary>A value of a type as messages name it.</summary>
    public static string Describe(SchemaType type) => type switch
    {
        EntityReferenceType entity => $"an entity of type {entity}",
        SetType or RecordType => $"{KindNames.Of(type.Kind)} of type {type}",
        _ => KindNames.Of(type.Kind),
    };

    private SchemaType? OfLiteral(in CedarValue value) => value.Kind switch
    {
        ValueKind.Bool => BoolType.Of(value.IsTrue),
        ValueKind.Entity => OfEntity(value.AsEntity!),
        _ => ScalarType.Of(value.Kind),
    };

    /// <summary>The type of an entity; null for one the schema does not know, which is reported once for the policy.</summary>
    private EntityReferenceType? OfEntity(EntityUid uid)
    {
        var declared = uid.IsAction ? Schema.FindAction(uid) is not null : Schema.FindEntityType(uid.Type) is not null;
        return declared ? new EntityReferenceType(uid.Type) : null;
    }

    private SchemaType OfVariable(RequestVariable variable) => variable switch
    {
        RequestVariable.Principal => new EntityReferenceType(Environment.Principal),
        RequestVariable.Action => new EntityReferenceType(Environment.Action.Uid.Type),
        RequestVariable.Resource => new EntityReferenceType(Environment.Resource),
        _ => Environment.Action.Context,
    };

    private Typed If(IfExpression choice, CapabilitySet known)
    {
        var condition = Expect(choice.Condition, known, ValueKind.Bool);
        if (condition.IsFalse) return Check(choice.Else, known);
        var then = Check(choice.Then, known.Union(condition.Known));
        then = then with { Known = then.Known.Union(condition.Known) };
        if (condition.IsTrue) return then;

        var otherwise = Check(choice.Else, known);
        if (condition.Type is null || then.Type is null || otherwise.Type is null) return Typed.Unknown;
        if (CommonSupertype.Of(then.Type, otherwise.Type, out var why) is { } type)
            return new Typed(type, then.Known.Intersect(otherwise.Known));
        Findings.Add(choice, $"the branches of `if` have different types: {Describe(then.Type)} and {Describe(otherwise.Type)}", why);
        return Typed.Unknown;
    }

    private Typed Unary(UnaryExpression unary, CapabilitySet known) => unary.Operator switch
    {
        UnaryOperator.Not => Typed.Not(Expect(unary.Operand, known, ValueKind.Bool)),
        UnaryOperator.Negate => Typed.Of(Expect(unary.Operand, known, ValueKind.Long).Type),
        _ => _collections.IsEmpty(unary, known),
    };

    private Typed Binary(BinaryExpression binary, CapabilitySet known) => binary.Operator switch
    {
        BinaryOperator.And => And(
            Expect(binary.Left, known, ValueKind.Bool), more => Expect(binary.Right, more, ValueKind.Bool), known),
        BinaryOperator.Or => Or(binary, known),
        BinaryOperator.Equal => _comparisons.Equal(binary, known),
        BinaryOperator.NotEqual => Typed.Not(_comparisons.Equal(binary, known)),
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
            _comparisons.Order(binary, known),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => Arithmetic(binary, known),
        BinaryOperator.In => _membership.In(binary, binary.Left, binary.Right, known),
        BinaryOperator.Contains => _collections.Contains(binary, known),
        BinaryOperator.ContainsAll or BinaryOperator.ContainsAny => _collections.ContainsMany(binary, known),
        BinaryOperator.HasTag => _access.HasTag(binary, known),
        _ => _access.GetTag(binary, known),
    };

    private Typed Or(BinaryExpression binary, CapabilitySet known)
    {
        var left = Expect(binary.Left, known, ValueKind.Bool);
        return left.IsTrue ? left : Typed.Or(left, Expect(binary.Right, known, ValueKind.Bool));
    }

    private Typed Arithmetic(BinaryExpression binary, CapabilitySet known)
    {
        var left = Expect(binary.Left, known, ValueKind.Long, Advice);
        var right = Expect(binary.Right, known, ValueKind.Long, Advice);
        return left.Type is null || right.Type is null ? Typed.Unknown : Typed.Of(ScalarType.Long);

        static string? Advice(SchemaType found) => found.Kind switch
        {
            ValueKind.String => "strings cannot be joined",
            ValueKind.Set => "sets cannot be joined; `contains`, `containsAll` and `containsAny` ask about them",
            ValueKind.DateTime => "use `offset` and `durationSince` to calculate with times",
            _ => null,
        };
    }

    private Typed Like(LikeExpression like, CapabilitySet known)
    {
        var target = Expect(like.Target, known, ValueKind.String, found =>
            found.Kind == ValueKind.Entity ? "the type of an entity is asked for with `is`" : null);
        return target.Type is null ? Typed.Unknown : Typed.Bool;
    }
}
