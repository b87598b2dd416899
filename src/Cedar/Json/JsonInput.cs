using System.Globalization;
using System.Text.Json;

namespace RestateCloud.Cedar.Json;

/// <summary>Reads JSON strictly: bounded depth, no property twice, whole 64-bit integers only, text that is Unicode.</summary>
internal static class JsonInput
{
    /// <summary>The deepest nesting of entities, contexts and schemas; deeper is a parse error.</summary>
    public const int MaxDataDepth = 512;

    /// <summary>Parses a document.</summary>
    /// <exception cref="CedarParseException">It is not JSON, nests too deep or has a property twice.</exception>
    public static JsonDocument Parse(string json, int maxDepth = MaxDataDepth)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new CedarParseException(
                error.Message, (int?)error.LineNumber + 1, (int?)error.BytePositionInLine + 1, error.Path, error);
        }
        catch (ArgumentException error)
        {
            throw new CedarParseException("the document is not valid Unicode", inner: error);
        }
        catch (InvalidOperationException error)
        {
            // Names are unescaped already to find those that come twice; half of a surrogate pair ends that so.
            throw JsonPath.Root.Error("the name of a property is not valid Unicode", error);
        }
    }

    /// <summary>A string; half of a surrogate pair, which JSON can spell, is refused.</summary>
    public static string Text(JsonElement element, JsonPath path, string what = "a string")
    {
        if (element.ValueKind != JsonValueKind.String) throw path.Error($"expected {what}, found {Describe(element)}");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw path.Error("this string is not valid Unicode", error);
        }
    }

    /// <summary>A whole number of 64 bits, written without fraction and exponent; minus zero is none.</summary>
    public static bool TryLong(JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number
            && element.GetRawText() is var digits and not "-0"
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static JsonElement Required(JsonElement element, string name, JsonPath path) =>
        Object(element, path).TryGetProperty(name, out var value) ? value : throw path.Error($"`{name}` is missing");

    public static JsonElement Object(JsonElement element, JsonPath path) =>
        element.ValueKind == JsonValueKind.Object ? element : throw path.Error($"expected an object, found {Describe(element)}");

    public static JsonElement Array(JsonElement element, JsonPath path) =>
        element.ValueKind == JsonValueKind.Array ? element : throw path.Error($"expected an array, found {Describe(element)}");

    /// <summary>The properties of an object.</summary>
    public static IEnumerable<(string Name, JsonElement Value, JsonPath Path)> Properties(JsonElement element, JsonPath path)
    {
        foreach (var property in Object(element, path).EnumerateObject())
            yield return (property.Name, property.Value, path.Property(property.Name));
    }

    /// <summary>The elements of an array.</summary>
    public static IEnumerable<(JsonElement Value, JsonPath Path)> Elements(JsonElement element, JsonPath path)
    {
        var index = 0;
        foreach (var item in Array(element, path).EnumerateArray()) yield return (item, path.Element(index++));
    }

    /// <summary>Refuses an object with properties other than these.</summary>
    public static void Only(JsonElement element, JsonPath path, params ReadOnlySpan<string> names)
    {
        foreach (var property in Object(element, path).EnumerateObject())
            if (!names.Contains(property.Name)) throw path.Error($"`{property.Name}` has no meaning here");
    }

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => $"the number {element.GetRawText()}",
        _ => element.GetRawText(),
    };
}
