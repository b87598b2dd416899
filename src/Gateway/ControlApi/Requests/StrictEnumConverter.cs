using System.Text.Json;
using System.Text.Json.Serialization;

namespace RestateCloud.Gateway.ControlApi.Requests;

/// <summary>
/// Takes an enumeration by its exact wire name only. The framework's converter also takes numbers and any case, and a number would make
/// <c>"roleId": 0</c> a key with full access.
/// </summary>
internal sealed class StrictEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = WireNames.Of(typeof(T)).Zip(Enum.GetValues<T>()).ToDictionary();
    private static readonly Dictionary<T, string> Names = Values.ToDictionary(pair => pair.Value, pair => pair.Key);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Names[value]);
}
