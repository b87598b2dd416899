using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>The rules of sets and records.</summary>
internal sealed class CollectionRules(TypeChecker checker)
{
    public Typed Set(SetExpression set, CapabilitySet known)
    {
        if (set.Elements.IsEmpty)
        {
            checker.Findings.Add(set, "the type of an empty set cannot be known", "to ask whether a set is empty use `isEmpty()`");
            return Typed.Unknown;
        }

        SchemaType? element = null;
        var faulty = false;
        foreach (var expression in set.Elements)
        {
            var type = checker.Check(expression, known).Type;
            if (type is null || faulty)
            {
                faulty = true;
                continue;
            }

            string? why = null;
            var common = element is null ? type : CommonSupertype.Of(element, type, out why);
            if (common is null)
            {
                checker.Findings.Add(
                    set, $"the elements of a set have one type; these are {TypeChecker.Describe(element!)} and {TypeChecker.Describe(type)}", why);
                faulty = true;
            }

            element = common;
        }

        return faulty ? Typed.Unknown : Typed.Of(new SetType(element!));
    }

    public Typed Record(RecordExpression record, CapabilitySet known)
    {
        var attributes = new Dictionary<string, AttributeType>();
        foreach (var (name, value) in record.Fields)
            if (checker.Check(value, known).Type is { } type) attributes.Add(name, new AttributeType(type, Required: true));
        return attributes.Count == record.Fields.Length ? Typed.Of(new RecordType(attributes)) : Typed.Unknown;
    }

    public Typed IsEmpty(UnaryExpression test, CapabilitySet known)
    {
        var set = checker.Expect(test.Operand, known, ValueKind.Set, found =>
            found.Kind == ValueKind.String ? "an empty string is asked for with `== \"\"`" : null);
        return set.Type is null ? Typed.Unknown : Typed.Bool;
    }

    public Typed Contains(BinaryExpression test, CapabilitySet known)
    {
        var set = checker.Expect(test.Left, known, ValueKind.Set, AdviceForSet).Type as SetType;
        var element = checker.Check(test.Right, known).Type;
        return SameType(test, set?.Element, element);
    }

    public Typed ContainsMany(BinaryExpression test, CapabilitySet known)
    {
        var left = checker.Expect(test.Left, known, ValueKind.Set, AdviceForSet).Type;
        var right = checker.Expect(test.Right, known, ValueKind.Set, _ => "a single element is asked for with `contains`").Type;
        return SameType(test, left, right);
    }

    private Typed SameType(BinaryExpression test, SchemaType? left, SchemaType? right)
    {
        if (left is null || right is null) return Typed.Unknown;
        if (CommonSupertype.Of(left, right, out var why) is not null) return Typed.Bool;
        var (expected, found) = test.Operator == BinaryOperator.Contains
            ? ($"the elements of the set are {TypeChecker.Describe(left)} each", $"the value asked for is {TypeChecker.Describe(right)}")
            : ($"one is {TypeChecker.Describe(left)}", $"the other {TypeChecker.Describe(right)}");
        checker.Findings.Add(test, $"`{OperatorNames.Name(test.Operator)}` never holds between different types: {expected}, {found}", why);
        return Typed.Unknown;
    }

    private static string? AdviceForSet(SchemaType found) => found.Kind switch
    {
        ValueKind.Entity => "whether an entity is in another is asked for with `in`",
        ValueKind.Record => "whether a record has an attribute is asked for with `has`",
        ValueKind.String => "parts of a string are asked for with `like`",
        _ => null,
    };
}
