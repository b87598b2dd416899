using System.Text.Json;
using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Records;

/// <summary>Text that is JSON and stands in other JSON as it is, not as a string.</summary>
internal sealed class JsonText : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}
