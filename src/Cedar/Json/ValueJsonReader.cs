using System.Diagnostics.CodeAnalysis;
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
        if (TryReadEntity(json, path, out var uid)) return uid;
        return TryFindCall(json, path, out var call) ? Invoke(call, shortForms: false, path) : CedarValue.Of(ReadRecord(json, path));
    }

    private static CedarValue ReadExtension(JsonElement json, JsonPath path, ValueKind expected)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            if (TryFindCall(json, path, out var call)) return Invoke(call, shortForms: true, path);
            if (IsCall(json)) return Invoke(FindCall(json, path), shortForms: true, path);
        }

        return Invoke(ExtensionFunctions.ConstructorOf(expected), [Read(json, path)], path);
    }

    /// <summary>The entity of an object that has only <c>__entity</c>, and in it a type and an id.</summary>
    public static bool TryReadEntity(JsonElement json, JsonPath path, [NotNullWhen(true)] out EntityUid? uid)
    {
        uid = json.GetPropertyCount() == 1 && json.TryGetProperty(EntityEscape, out var inner) && HasText(inner, "type") && HasText(inner, "id")
            ? ReadUid(json, path)
            : null;
        return uid is not null;
    }

    /// <summary>The call of an object that has only <c>__extn</c>, and in it a function and arguments.</summary>
    public static bool TryFindCall(JsonElement json, JsonPath path, out ExtensionCall call)
    {
        call = default;
        if (json.GetPropertyCount() != 1) return false;
        if (json.TryGetProperty(ExpressionEscape, out var old) && old.ValueKind == JsonValueKind.String)
            throw path.Error("`__expr` is no longer read; write `__entity` or `__extn`");
        if (!json.TryGetProperty(ExtensionEscape, out var inner) || !IsCall(inner)) return false;
        call = FindCall(inner, path.Property(ExtensionEscape));
        return true;
    }

    private static ExtensionCall FindCall(JsonElement json, JsonPath path)
    {
        var name = JsonInput.Text(json.GetProperty("fn"), path);
        var function = ExtensionFunctions.Find(name) ?? throw path.Property("fn").Error($"there is no extension function `{name}`");
        return new ExtensionCall(function, json.TryGetProperty("arg", out var only)
            ? [(only, path.Property("arg"))]
            : [.. JsonInput.Elements(json.GetProperty("args"), path.Property("args"))]);
    }

    private static CedarValue Invoke(ExtensionCall call, bool shortForms, JsonPath path)
    {
        var parameters = call.Function.Parameters;
        if (call.Arguments.Length != parameters.Length)
            throw path.Error($"`{call.Function.Name}` takes {parameters.Length} arguments, not {call.Arguments.Length}");
        var values = call.Arguments.Select((argument, i) =>
            Read(argument.Value, argument.Path, shortForms ? new Parameter(parameters[i]) : null));
        return Invoke(call.Function, [.. values], path);
    }

    private static CedarValue Invoke(ExtensionFunction function, CedarValue[] arguments, JsonPath path)
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

    /// <summary>A function and its arguments as written.</summary>
    internal readonly record struct ExtensionCall(ExtensionFunction Function, (JsonElement Value, JsonPath Path)[] Arguments);
}
