using System.Text;

namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>The fields that every connection knows (RFC 7541, appendix A).</summary>
internal static class StaticTable
{
    /// <summary>The number of entries; their indices begin with 1.</summary>
    public const int Count = 61;

    private static readonly KnownField[] Fields = [.. Texts.Select(entry => KnownField.Of(Encoding.ASCII.GetBytes(entry.Name), Encoding.ASCII.GetBytes(entry.Value)))];
    private static readonly int[] Hashes = [.. Fields.Select(field => field.Hash)];
    private static readonly int[] NameHashes = [.. Fields.Select(field => FieldHash.Of(field.Name, default))];

    private static IEnumerable<(string Name, string Value)> Texts =>
    [
        ("", ""), (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"), (":scheme", "http"),
        (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"), (":status", "304"), (":status", "400"),
        (":status", "404"), (":status", "500"), ("accept-charset", ""), ("accept-encoding", "gzip, deflate"), ("accept-language", ""),
        ("accept-ranges", ""), ("accept", ""), ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""),
        ("cache-control", ""), ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
        ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""), ("etag", ""), ("expect", ""),
        ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
        ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""),
        ("proxy-authorization", ""), ("range", ""), ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
        ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""), ("www-authenticate", ""),
    ];

    /// <summary>The entry of an index from 1 to <see cref="Count"/>.</summary>
    public static KnownField At(int index) => Fields[index];

    /// <summary>The index of a field, or -1.</summary>
    public static int Find(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var index = Hashes.AsSpan().IndexOf(hash);
        return index > 0 && Fields[index].Equals(name, value) ? index : -1;
    }

    /// <summary>The index of a field of this name, or -1.</summary>
    public static int FindName(ReadOnlySpan<byte> name)
    {
        var index = NameHashes.AsSpan().IndexOf(FieldHash.Of(name, default));
        return index > 0 && name.SequenceEqual(Fields[index].Name) ? index : -1;
    }
}
