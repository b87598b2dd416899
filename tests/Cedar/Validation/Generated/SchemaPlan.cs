namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>A generated schema, before it is written in either syntax. Names are full; the empty namespace is "".</summary>
internal sealed record SchemaPlan(IReadOnlyList<PlanCommon> Commons, IReadOnlyList<PlanEntity> Entities, IReadOnlyList<PlanAction> Actions)
{
    public IEnumerable<string> Namespaces =>
        Commons.Select(common => SpaceOf(common.Name)).Concat(Entities.Select(entity => SpaceOf(entity.Name))).Concat(Actions.Select(action => action.Space)).Distinct();

    public static string SpaceOf(string name) => name.LastIndexOf("::", StringComparison.Ordinal) is >= 0 and var at ? name[..at] : "";

    public static string BaseOf(string name) => name[(name.LastIndexOf(':') + 1)..];

    public PlanEntity? Entity(string name) => Entities.FirstOrDefault(entity => entity.Name == name);

    /// <summary>A type without common types at its top.</summary>
    public PlanType Resolve(PlanType type)
    {
        for (var i = 0; i < 10 && type.Kind == "Common"; i++)
            type = Commons.FirstOrDefault(common => common.Name == type.Name)?.Type ?? PlanType.Long;
        return type;
    }

    /// <summary>The fields of records and entities; none for other types.</summary>
    public IReadOnlyList<PlanField> FieldsOf(PlanType type)
    {
        type = Resolve(type);
        return type.Fields ?? (type.Kind == "Entity" ? Entity(type.Name!)?.Fields : null) ?? [];
    }
}

internal sealed record PlanCommon(string Name, PlanType Type);

/// <summary>An entity type; with ids it is an enumeration and has nothing else.</summary>
internal sealed record PlanEntity(
    string Name, IReadOnlyList<string> Parents, IReadOnlyList<PlanField> Fields, PlanType? Tags, IReadOnlyList<string>? Ids);

/// <summary>An action. A context may be the name of a common type.</summary>
internal sealed record PlanAction(
    string Space, string Id, IReadOnlyList<string> Parents, IReadOnlyList<string> Principals, IReadOnlyList<string> Resources, PlanType? Context)
{
    public string Type => Space.Length == 0 ? "Action" : $"{Space}::Action";

    public bool Applies => Principals.Count > 0;
}
