using System.Buffers;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http1;

/// <summary>
/// The lines of fields in heads and trailers (RFC 9112, section 5), read so strictly that nobody could read them differently: lines end with
/// CRLF and are not folded, nothing stands between a name and its colon, and no control character is in a value.
/// </summary>
internal static class FieldLines
{
    private const int LongestName = 256;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    // All but the tab.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c != '\t').Append(0x7F).Select(c => (byte)c)]);

    /// <summary>Finds the lines that stand before an empty one at the beginning of what has come.</summary>
    /// <param name="input">What has come.</param>
    /// <param name="most">Bytes that they may have with the empty one.</param>
    /// <param name="lines">Their bytes, each with its end, without the empty line; that one is two bytes more.</param>
    /// <returns>False while the empty line has not come.</returns>
    /// <exception cref="Http1Exception">There are too many, or one ends with LF alone.</exception>
    public static bool TryFind(in ReadOnlySequence<byte> input, int most, out ReadOnlySpan<byte> lines)
    {
        lines = input.FirstSpan;
        var end = lines.IndexOf("\r\n\r\n"u8);
        if (end < 0 && !input.IsSingleSegment)
        {
            // Seldom: what is read at a time is larger than most heads.
            lines = input.Slice(0, Math.Min(input.Length, most)).ToArray();
            end = lines.IndexOf("\r\n\r\n"u8);
        }

        if (end >= 0 && end + 4 <= most)
        {
            lines = lines[..(end + 2)];
            return true;
        }

        if (end >= 0 || input.Length >= most) throw new Http1Exception("A block of fields is too large.");
        for (var rest = lines; rest.IndexOf((byte)'\n') is >= 0 and var i; rest = rest[(i + 1)..])
        {
            if (i == 0 || rest[i - 1] != '\r') throw new Http1Exception("A line does not end with CRLF.");
        }

        return false;
    }

    /// <summary>Adds lines to fields, with names in lower case.</summary>
    /// <returns>False when they are not what they should be, or too many.</returns>
    public static bool TryRead(ReadOnlySpan<byte> lines, HeaderFields fields)
    {
        Span<byte> lower = stackalloc byte[LongestName];
        while (!lines.IsEmpty)
        {
            var colon = lines.IndexOf((byte)':');
            if (colon is <= 0 or > LongestName) return false;
            var name = lines[..colon];
            if (name.ContainsAnyExcept(NameBytes)) return false;

            lines = lines[(colon + 1)..];
            var end = lines.IndexOfAny(Controls);
            if (end < 0 || !lines[end..].StartsWith("\r\n"u8)) return false;
            Ascii.ToLower(name, lower, out _);
            fields.Add(lower[..colon], lines[..end].Trim(" \t"u8));
            lines = lines[(end + 2)..];
        }

        return !fields.IsTooLarge;
    }

    /// <summary>Whether there is in a line what may be in none.</summary>
    public static bool HasControls(ReadOnlySpan<byte> line) => line.ContainsAny(Controls);

    /// <summary>Writes a line.</summary>
    public static void Write(PooledBuffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var line = output.Take(name.Length + value.Length + 4);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        value.CopyTo(line[(name.Length + 2)..]);
        "\r\n"u8.CopyTo(line[^2..]);
    }

    /// <summary>Writes lines, those of fields from an index on.</summary>
    public static void Write(PooledBuffer output, HeaderFields fields, int from = 0)
    {
        for (var i = from; i < fields.Count; i++) Write(output, fields.Name(i), fields.Value(i));
    }
}
