using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>
/// The head of a request (RFC 9112, section 3) that cannot be read in two ways and asks nothing of the connection that it comes on. Whatever
/// else may be right is left to a server that knows all of HTTP/1.1.
/// </summary>
/// <param name="IsHead">Whether the request's method is HEAD.</param>
/// <param name="BodyLength">Bytes of the body that follows; null when that comes in chunks.</param>
internal readonly record struct RequestHead(bool IsHead, long? BodyLength)
{
    // As Kestrel's limit.
    private const int MostFields = 100;

    private static ReadOnlySpan<byte> Version => " HTTP/1.1"u8;

    /// <summary>Reads one.</summary>
    /// <param name="lines">All its lines, each with its end.</param>
    /// <param name="fields">Are set to what it says, as HTTP/2 does.</param>
    /// <returns>Null when it is not plain.</returns>
    public static RequestHead? Read(ReadOnlySpan<byte> lines, HeaderFields fields)
    {
        fields.Clear();
        var end = lines.IndexOf("\r\n"u8);
        if (!TryReadLine(lines[..end], fields)) return null;
        var isHead = fields.Value(0).SequenceEqual("HEAD"u8);
        var authority = fields.Count;
        // It stands before all others, and is not known yet.
        fields.Add(":authority"u8, default);
        if (!FieldLines.TryRead(lines[(end + 2)..], fields) || fields.Count > authority + 1 + MostFields || !TrySetAuthority(fields, authority)) return null;
        return TryReadBodyLength(fields, out var length) && HeaderRules.IsRequest(fields) ? new RequestHead(isHead, length) : null;
    }

    private static bool TryReadLine(ReadOnlySpan<byte> line, HeaderFields fields)
    {
        var end = line.IndexOf((byte)' ');
        if (end <= 0 || !line.EndsWith(Version) || end >= line.Length - Version.Length) return false;
        var target = line[(end + 1)..^Version.Length];
        if (!target.StartsWith("/"u8) || !IsVisible(target)) return false;
        fields.Add(":method"u8, line[..end]);
        fields.Add(":scheme"u8, "http"u8);
        fields.Add(":path"u8, target);
        return true;
    }

    private static bool TrySetAuthority(HeaderFields fields, int index)
    {
        var host = fields.Single("host"u8);
        if (host < 0 || fields.Value(host).IsEmpty || !IsVisible(fields.Value(host))) return false;
        fields.Set(index, fields.Value(host));
        fields.Remove("host"u8);
        return true;
    }

    private static bool TryReadBodyLength(HeaderFields fields, out long? length)
    {
        length = null;
        var (lengths, encodings, connections) = (0, 0, 0);
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields.Name(i);
            var value = fields.Value(i);
            if (name.SequenceEqual("content-length"u8)) lengths++;
            else if (name.SequenceEqual("transfer-encoding"u8) && value.SequenceEqual("chunked"u8)) encodings++;
            else if (name.SequenceEqual("connection"u8) && Ascii.EqualsIgnoreCase(value, "keep-alive"u8)) connections++;
            else if (AsksForMore(name)) return false;
        }

        if (lengths + encodings > 1 || !HeaderRules.TryReadLength(fields, out length)) return false;
        if (encodings > 0) fields.Remove("transfer-encoding"u8);
        else length ??= 0;
        if (connections > 0) fields.Remove("connection"u8);
        return true;
    }

    // The encodings and connections are those that are not what is taken.
    private static bool AsksForMore(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("te"u8),
        6 => name.SequenceEqual("expect"u8),
        7 => name.SequenceEqual("upgrade"u8) || name.SequenceEqual("trailer"u8),
        10 => name.SequenceEqual("connection"u8) || name.SequenceEqual("keep-alive"u8),
        14 => name.SequenceEqual("http2-settings"u8),
        16 => name.SequenceEqual("proxy-connection"u8),
        17 => name.SequenceEqual("transfer-encoding"u8),
        _ => false,
    };

    private static bool IsVisible(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
