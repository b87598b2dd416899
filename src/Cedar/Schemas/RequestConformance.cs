namespace RestateCloud.Cedar.Schemas;

/// <summary>Checks requests against a schema.</summary>
internal sealed class RequestConformance(SchemaModel schema)
{
    private readonly ValueConformance _values = new(schema);

    /// <summary>Why a request does not conform, or null where it does.</summary>
    public string? FindFault(in Request request)
    {
        var uid = request.Action;
        if (FindFault(request.Principal, "principal") is { } ofPrincipal) return ofPrincipal;
        if (FindFault(request.Resource, "resource") is { } ofResource) return ofResource;
        if (schema.FindAction(uid) is not { } action)
            return $"the action {uid} is not declared{Suggestion.For(uid.ToString(), schema.Actions.Keys.Select(other => other.ToString()))}";
        if (!action.Principals.Contains(request.Principal.Type)) return DoesNotApply(uid, "principal", request.Principal, action.Principals);
        if (!action.Resources.Contains(request.Resource.Type)) return DoesNotApply(uid, "resource", request.Resource, action.Resources);
        return _values.FindFault(request.ContextRecord, action.Context, "context");
    }

    private string? FindFault(EntityUid uid, string variable) =>
        schema.FindEntityType(uid.Type) is null
            ? $"the {variable} {uid} is of the type {uid.Type}, which is not declared{Suggestion.For(uid.Type, schema.EntityTypes.Keys)}"
            : _values.FindFault(uid, $"the {variable}");

    private static string DoesNotApply(EntityUid action, string variable, EntityUid given, IReadOnlySet<string> expected)
    {
        var types = expected.Count == 0 ? "none" : string.Join(", ", expected.Order(StringComparer.Ordinal));
        return $"the action {action} does not apply to the {variable} {given}; the types it applies to are {types}";
    }
}
