namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>A type of a generated schema.</summary>
/// <param name="Kind">The word for it: <c>Long</c>, <c>Set</c>, <c>Record</c>, <c>Entity</c>, <c>Common</c>, <c>ipaddr</c> and so on.</param>
/// <param name="Name">The full name of an entity type or common type.</param>
/// <param name="Element">The type of a set's elements.</param>
/// <param name="Fields">The fields of a record.</param>
internal sealed record PlanType(string Kind, string? Name = null, PlanType? Element = null, IReadOnlyList<PlanField>? Fields = null)
{
    public static readonly PlanType Bool = new("Bool");
    public static readonly PlanType Long = new("Long");
    public static readonly PlanType String = new("String");

    /// <summary>Whether both are the same once common types are resolved; records and entity types by their names, which is near enough.</summary>
    public bool IsSame(PlanType other) =>
        Kind == other.Kind && Name == other.Name
        && (Element is null || Element.IsSame(other.Element!))
        && (Fields is null || (Fields.Count == other.Fields!.Count && Fields.Zip(other.Fields).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Required == pair.Second.Required && pair.First.Type.IsSame(pair.Second.Type))));
}

internal sealed record PlanField(string Name, PlanType Type, bool Required);
