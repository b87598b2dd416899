namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Hashes of fields, which differ in each process.</summary>
internal static class FieldHash
{
    public static int Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        hash.Add(name.Length);
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}
