using System.Text.Json;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Syntax;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Json;

/// <summary>
/// Reads values as JSON. Entities are <c>{"__entity":{"type":…,"id":…}}</c> and extension values
/// <c>{"__extn":{"fn":…,"arg":…}}</c> or with <c>args</c>; where a schema says what is expected, the wrapping may be left out.
/// </summary>
internal static class ValueJsonReader
{
    private const string EntityEscape = "__entity";
    private const string ExtensionEscape = "__extn";
    private const string ExpressionEscape = "__expr";

    public static CedarValue Read(JsonElement json, JsonPath path, IExpectedType? expected = null) => expected?.Kind switch
    {
        ValueKind.Entity => ReadUid(json, path),
        ValueKind.Decimal or ValueKind.IpAddress or ValueKind.DateTime or ValueKind.Duration => ReadExtension(json, path, expected.Kind),
        ValueKind.Set when json.ValueKind == JsonValueKind.Array => ReadSet(json, path, expected),
        ValueKind.Record when json.ValueKind == JsonValueKind.Object => CedarValue.Of(ReadRecord(json, path, expected.Field)),
        _ => ReadExplicit(json, path),
    };

    public static RecordValue ReadRecord(JsonElement json, JsonPath path, Func<string, IExpectedType?>? expected = null) =>
        RecordValue.Of(JsonInput.Properties(json, path).Select(field =>
            KeyValuePair.Create(field.Name, Read(field.Value, field.Path, expected?.Invoke(field.Name)))));

    /// <summary>A uid, with or without <c>__entity</c> around it.</summary>
    public static EntityUid ReadUid(JsonElement json, JsonPath path)
    {
        if (JsonInput.Object(json, path).TryGetProperty(EntityEscape, out var inner)) (json, path) = (inner, path.Property(EntityEscape));
        var type = JsonInput.Text(JsonInput.Required(json, "type", path), path.Property("type"));
        var id = JsonInput.Text(JsonInput.Required(json, "id", path), path.Property("id"));
        return Identifiers.IsName(type)
            ? EntityUid.FromValid(type, id)
            : throw path.Property("type").Error($"`{type}` is not an entity type");
    }

    private static CedarValue ReadExplicit(JsonElement json, JsonPath path)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return JsonInput.Text(json, path);
            case JsonValueKind.Number:
                return JsonInput.TryLong(json, out var number)
                    ? number
                    : throw path.Error($"{json.GetRawText()} is not a whole number of 64 bits");
            case JsonValueKind.Array: return ReadSet(json, path, null);
            case JsonValueKind.Object: return ReadObject(json, path);
            default: throw path.Error("Cedar has no null");
        }
    }

    private static CedarValue ReadSet(JsonElement json, JsonPath path, IExpectedType? expected) =>
        CedarValue.Set([.. JsonInput.Elements(json, path).Select(item => Read(item.Value, item.Path, expected?.Element))]);

    private static CedarValue ReadObject(JsonElement json, JsonPath path)
    {
        if (json.GetPropertyCount() == 1)
        {
            var (name, value, at) = JsonInput.Properties(json, path).First();
            if (name == EntityEscape && HasText(value, "type") && HasText(value, "id")) return ReadUid(value, at);
            if (name == ExtensionEscape && IsCall(value)) return ReadCall(value, at, shortForms: false);
            if (name == ExpressionEscape && value.ValueKind == JsonValueKind.String)
                throw path.Error("`__expr` is no longer read; write `__entity` or `__extn`");
        }

        return CedarValue.Of(ReadRecord(json, path));
    }

    private static CedarValue ReadExtension(JsonElement json, JsonPath path, ValueKind expected)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            if (json.TryGetProperty(ExtensionEscape, out var call) && IsCall(call)) return ReadCall(call, path.Property(ExtensionEscape), shortForms: true);
            if (IsCall(json)) return ReadCall(json, path, shortForms: true);
            if (json.TryGetProperty(ExpressionEscape, out _)) throw path.Error("`__expr` is no longer read; write `__extn`");
        }

        var constructor = ExtensionFunctions.ConstructorOf(expected);
        return Call(constructor, [Read(json, path)], path);
    }

    private static CedarValue ReadCall(JsonElement json, JsonPath path, bool shortForms)
    {
        var name = JsonInput.Text(json.GetProperty("fn"), path);
        var function = ExtensionFunctions.Find(name) ?? throw path.Property("fn").Error($"there is no extension function `{name}`");
        var arguments = json.TryGetProperty("arg", out var only)
            ? [(Value: only, Path: path.Property("arg"))]
            : JsonInput.Elements(json.GetProperty("args"), path.Property("args")).ToArray();
        if (arguments.Length != function.Parameters.Length)
            throw path.Error($"`{name}` takes {function.Parameters.Length} arguments, not {arguments.Length}");
        var values = arguments.Select((argument, i) =>
            Read(argument.Value, argument.Path, shortForms ? new Parameter(function.Parameters[i]) : null));
        return Call(function, [.. values], path);
    }

    private static CedarValue Call(ExtensionFunction function, CedarValue[] arguments, JsonPath path)
    {
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i].Kind != function.Parameters[i])
                throw path.Error($"`{function.Name}` takes {KindNames.Of(function.Parameters[i])} here, not {KindNames.Of(arguments[i].Kind)}");
        var result = function.Invoke(arguments[0], arguments.Length > 1 ? arguments[1] : default);
        return result.IsNone ? throw path.Error(ExtensionFunctions.ExplainFailure(function, arguments[0])) : result;
    }

    private static bool IsCall(JsonElement json) =>
        HasText(json, "fn")
        && (json.TryGetProperty("arg", out _) || (json.TryGetProperty("args", out var args) && args.ValueKind == JsonValueKind.Array));

    private static bool HasText(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    /// <summary>An argument of a call, which where short forms are read may be in its own.</summary>
    private sealed record Parameter(ValueKind Kind) : IExpectedType
    {
        public IExpectedType? Element => null;

        public IExpectedType? Field(string name) => null;
    }
}
