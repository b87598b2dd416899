using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RestateCloud.Gateway.ControlApi.Requests;

/// <summary>Says in the caller's terms, never in those of our types, why a body was not understood. Runs for bad requests only.</summary>
internal static class BadRequestExplanation
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowDuplicateProperties = true };

    /// <summary>One sentence that says what is wrong and what to send instead.</summary>
    public static string Of(byte[] body, JsonTypeInfo type, JsonException exception)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Lenient);
        }
        catch (JsonException syntax)
        {
            return $"The body is not valid JSON (line {syntax.LineNumber + 1}, byte {syntax.BytePositionInLine + 1}). {Expected(type)}";
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? OfFields(document.RootElement, type, exception)
                : $"The body must be a JSON object. {Expected(type)}";
        }
    }

    private static string OfFields(JsonElement root, JsonTypeInfo type, JsonException exception)
    {
        foreach (var field in type.Properties)
        {
            var occurrences = root.EnumerateObject().Count(property => property.NameEquals(field.Name));
            if (occurrences > 1) return $"The field '{field.Name}' is given {occurrences} times; give it once.";
            if (occurrences == 0 && field.IsRequired) return $"The field '{field.Name}' is missing: it must be {Describe(field)}.";
        }

        return type.Properties.FirstOrDefault(property => IsAt(exception.Path, property.Name)) is { } culprit
            ? $"The field '{culprit.Name}' must be {Describe(culprit)}."
            : $"The body is not what this operation takes. {Expected(type)}";
    }

    private static bool IsAt(string? path, string field) =>
        path is not null
        && path.StartsWith($"$.{field}", StringComparison.Ordinal)
        && (path.Length == field.Length + 2 || path[field.Length + 2] is '.' or '[');

    private static string Expected(JsonTypeInfo type) => type.Properties is []
        ? "This operation takes {} or no body at all."
        : $"This operation takes an object with {string.Join(", ", type.Properties.Select(Name))}.";

    private static string Name(JsonPropertyInfo field) => field.IsRequired ? $"'{field.Name}'" : $"'{field.Name}' (optional)";

    private static string Describe(JsonPropertyInfo field)
    {
        var type = Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;
        return type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", WireNames.Of(type))}",
            _ when type == typeof(string) => "a string",
            _ when type == typeof(long) => "a whole number of 64 bits, as a number or a string",
            _ when type == typeof(DateTimeOffset) => "a date and time such as 2030-01-31T12:00:00Z",
            _ => "an object",
        };
    }
}
