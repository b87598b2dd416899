using System.Buffers;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>
/// Encodes header fields as literals that are not indexed (RFC 7541, section 6.2.2): the tables of the connection stay as they are, so
/// that such a block can stand between blocks of another encoder.
/// </summary>
internal static class HeaderBlock
{
    private const byte LiteralWithoutIndexing = 0;
    private const int LengthPrefix = 0x7F;

    /// <summary>Encodes the fields; names in lower case, all ASCII.</summary>
    public static byte[] Encode(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in fields)
        {
            WriteByte(output, LiteralWithoutIndexing);
            WriteText(output, name);
            WriteText(output, value);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes the first block of a connection that refers to its tables, or one that does not.</summary>
    public static IReadOnlyDictionary<string, string> Decode(byte[] block)
    {
        var fields = new HeaderFields(limit: 64 * 1024);
        new HpackDecoder().Decode(block, fields);
        return Enumerable.Range(0, fields.Count).ToDictionary(i => Encoding.ASCII.GetString(fields.Name(i)), i => Encoding.ASCII.GetString(fields.Value(i)));
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        WriteLength(output, text.Length);
        Encoding.ASCII.GetBytes(text, output);
    }

    // RFC 7541, section 5.1, with a prefix of 7 bits.
    private static void WriteLength(ArrayBufferWriter<byte> output, int length)
    {
        if (length < LengthPrefix)
        {
            WriteByte(output, length);
            return;
        }

        WriteByte(output, LengthPrefix);
        for (length -= LengthPrefix; length >= 0x80; length >>= 7) WriteByte(output, (length & LengthPrefix) | 0x80);
        WriteByte(output, length);
    }

    private static void WriteByte(ArrayBufferWriter<byte> output, int value)
    {
        output.GetSpan(1)[0] = (byte)value;
        output.Advance(1);
    }
}
