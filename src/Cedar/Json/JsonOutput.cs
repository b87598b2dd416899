using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RestateCloud.Cedar.Json;

/// <summary>Writes JSON that people can read: text is escaped only where JSON itself requires it.</summary>
internal static class JsonOutput
{
    public static string Write(Action<Utf8JsonWriter> content, int maxDepth = JsonInput.MaxDataDepth)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = maxDepth }))
            content(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void WriteUid(Utf8JsonWriter writer, EntityUid uid)
    {
        writer.WriteStartObject();
        writer.WriteString("type", uid.Type);
        writer.WriteString("id", uid.Id);
        writer.WriteEndObject();
    }
}
