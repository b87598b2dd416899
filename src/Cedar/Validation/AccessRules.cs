using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Schemas;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Validation;

/// <summary>The rules of attributes and tags: one that may be absent is read only where it is known to be there.</summary>
internal sealed class AccessRules(TypeChecker checker)
{
    public Typed Attribute(AttributeExpression access, CapabilitySet known)
    {
        if (Target(access.Target, known, null) is not { } target) return Typed.Unknown;
        var attributes = AttributesOf(target);
        if (attributes.Find(access.Name) is not { } attribute)
        {
            var advice = Suggestion.Nearest(access.Name, attributes.Names) is { } near ? $"did you mean `{near}`?"
                : attributes.Names.IsEmpty ? "it has none"
                : null;
            checker.Findings.Add(access, $"{Whose(target, access.Target)} has no attribute `{access.Name}`", advice);
            return Typed.Unknown;
        }

        if (!attribute.Required && !known.Contains(checker.Shapes.AttributeOf(checker.Shapes.Of(access.Target), access.Name)))
            checker.Findings.Add(
                access,
                $"the attribute `{access.Name}` of {Whose(target, access.Target)} is optional and may be absent here",
                $"ask for it first: `{FindingCollector.Show(access.Target, "…")} has {access.Name} && …`");
        return Typed.Of(attribute.Type);
    }

    /// <summary><c>x has a.b.c</c> is short for <c>x has a &amp;&amp; x.a has b &amp;&amp; x.a.b has c</c>.</summary>
    public Typed Has(HasExpression has, CapabilitySet known)
    {
        var target = Target(has.Target, known, found => found.Kind switch
        {
            ValueKind.Set => "whether a set has an element is asked for with `contains`",
            ValueKind.String => "parts of a string are asked for with `like`",
            _ => null,
        });
        if (target is null) return Typed.Unknown;

        var shape = checker.Shapes.Of(has.Target);
        var result = HasOne(target, shape, has.Path[0], known);
        for (var i = 1; i < has.Path.Length && !result.IsFalse; i++)
        {
            // That the attribute is there is what the left side has just found out.
            target = AttributesOf(target)[has.Path[i - 1]].Type;
            shape = checker.Shapes.Member(shape, has.Path[i - 1]);
            if (target is not (RecordType or EntityReferenceType))
            {
                checker.Findings.Add(has, $"`{string.Join('.', has.Path[..i])}` is {TypeChecker.Describe(target)} and has no attributes");
                return Typed.Unknown;
            }

            var name = has.Path[i];
            var (next, at) = (target, shape);
            result = TypeChecker.And(result, more => HasOne(next, at, name, more), known);
        }

        return result;
    }

    public Typed HasTag(BinaryExpression test, CapabilitySet known)
    {
        if (Tagged(test, known) is not { } entity) return Typed.Unknown;
        var capability = checker.Shapes.TagOf(test.Left, test.Right);
        var type = TagsOf(entity) is null ? BoolType.False : known.Contains(capability) ? BoolType.True : BoolType.Any;
        return new Typed(type, CapabilitySet.Of(capability));
    }

    public Typed GetTag(BinaryExpression access, CapabilitySet known)
    {
        if (Tagged(access, known) is not { } entity) return Typed.Unknown;
        var tags = TagsOf(entity);
        if (tags is null)
            checker.Findings.Add(access, $"entities of type {entity} have no tags");
        else if (!known.Contains(checker.Shapes.TagOf(access.Left, access.Right)))
            checker.Findings.Add(
                access,
                "the tag may be absent here",
                $"ask for it first: `{FindingCollector.Show(access.Left, "…")}.hasTag({FindingCollector.Show(access.Right, "…")}) && …`");
        return Typed.Of(tags);
    }

    private SchemaType? Target(Expression target, CapabilitySet known, Func<SchemaType, string?>? advice)
    {
        var type = checker.Check(target, known).Type;
        if (type is null or RecordType or EntityReferenceType) return type;
        checker.Findings.Add(target, $"expected an entity or a record, found {KindNames.Of(type.Kind)}", advice?.Invoke(type));
        return null;
    }

    /// <summary>
    /// Always true where the attribute is known to be there. Required attributes of entities are not: an entity need not be
    /// in the store.
    /// </summary>
    private Typed HasOne(SchemaType target, int shape, string name, CapabilitySet known)
    {
        if (AttributesOf(target).Find(name) is not { } attribute) return Typed.Of(false);
        var capability = checker.Shapes.AttributeOf(shape, name);
        var always = known.Contains(capability) || (attribute.Required && target is RecordType);
        return new Typed(always ? BoolType.True : BoolType.Any, CapabilitySet.Of(capability));
    }

    private EntityReferenceType? Tagged(BinaryExpression binary, CapabilitySet known)
    {
        var entity = checker.Expect(binary.Left, known, ValueKind.Entity).Type;
        var tag = checker.Expect(binary.Right, known, ValueKind.String).Type;
        return tag is null ? null : entity as EntityReferenceType;
    }

    /// <summary>The attributes of a record or of an entity; actions have none.</summary>
    private RecordType AttributesOf(SchemaType type) =>
        type as RecordType ?? checker.Schema.FindEntityType(((EntityReferenceType)type).Name)?.Attributes ?? RecordType.Empty;

    private SchemaType? TagsOf(EntityReferenceType type) => checker.Schema.FindEntityType(type.Name)?.Tags;

    private static string Whose(SchemaType type, Expression target) =>
        type is EntityReferenceType entity ? $"the entity type {entity}"
        : target is VariableExpression ? "the context of this action"
        : $"the record `{FindingCollector.Show(target, "…")}`";
}
