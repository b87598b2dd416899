using RestateCloud.Cedar.Schemas;

namespace RestateCloud.Cedar.Validation;

/// <summary>
/// Finds the type that both of two types are of. In strict mode that is the same type but for the types of <c>true</c> and
/// <c>false</c>: records have the same attributes, and entities are of the same type.
/// </summary>
internal static class CommonSupertype
{
    /// <summary>The type, or null where there is none; then <paramref name="why"/> may say more.</summary>
    public static SchemaType? Of(SchemaType first, SchemaType second, out string? why)
    {
        why = null;
        if (ReferenceEquals(first, second)) return first;
        switch (first, second)
        {
            case (BoolType, BoolType):
                return BoolType.Any;
            case (EntityReferenceType a, EntityReferenceType b):
                if (a.Name == b.Name) return a;
                why = $"{a.Name} and {b.Name} are different entity types";
                return null;
            case (SetType a, SetType b):
                return Of(a.Element, b.Element, out why) is { } element ? new SetType(element) : null;
            case (RecordType a, RecordType b):
                return Of(a, b, out why);
            case (RecordType, EntityReferenceType) or (EntityReferenceType, RecordType):
                why = "entities and records are of different types even where they have the same attributes";
                return null;
            default:
                return null;
        }
    }

    private static RecordType? Of(RecordType first, RecordType second, out string? why)
    {
        if (!first.Names.AsSpan().SequenceEqual(second.Names.AsSpan()))
        {
            why = $"both records must have the same attributes; `{first.Names.Except(second.Names).Concat(second.Names.Except(first.Names)).First()}` is in one only";
            return null;
        }

        var attributes = new Dictionary<string, AttributeType>();
        foreach (var name in first.Names)
        {
            var (a, b) = (first[name], second[name]);
            if (Of(a.Type, b.Type, out why) is not { } type) return null;
            if (a.Required != b.Required)
            {
                why = $"the attribute `{name}` is optional in one of the records only";
                return null;
            }

            attributes.Add(name, a with { Type = type });
        }

        why = null;
        return new RecordType(attributes);
    }
}
