using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads the JSON form of a request: <c>principal</c>, <c>action</c>, <c>resource</c> and optionally <c>context</c>.</summary>
internal static class RequestJsonReader
{
    public static Request Read(string json, ISchemaTypes? schema)
    {
        using var document = JsonInput.Parse(json);
        var (root, path) = (document.RootElement, JsonPath.Root);
        var principal = Uid("principal");
        var action = Uid("action");
        var resource = Uid("resource");
        var contextType = schema?.ContextType(action);
        var context = root.TryGetProperty("context", out var given)
            ? ValueJsonReader.ReadRecord(given, path.Property("context"), contextType is null ? null : contextType.Field)
            : RecordValue.Empty;
        var request = new Request(principal, action, resource, CedarValue.Of(context));
        return schema?.FindFault(request) is { } fault ? throw path.Error(fault) : request;

        EntityUid Uid(string name) => ValueJsonReader.ReadUid(JsonInput.Required(root, name, path), path.Property(name));
    }

    public static CedarValue ReadContext(string json, IExpectedType? expected)
    {
        using var document = JsonInput.Parse(json);
        return CedarValue.Of(ValueJsonReader.ReadRecord(document.RootElement, JsonPath.Root, expected is null ? null : expected.Field));
    }
}
