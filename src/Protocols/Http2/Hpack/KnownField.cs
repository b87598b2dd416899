namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>A field that is remembered for what comes later.</summary>
/// <param name="bytes">Its name and its value.</param>
/// <param name="nameLength">Where the value begins.</param>
/// <param name="hash">Its <see cref="FieldHash"/>.</param>
internal sealed class KnownField(byte[] bytes, int nameLength, int hash)
{
    /// <summary>What each takes besides its name and value, in bytes as HPACK counts them (RFC 7541, section 4.1).</summary>
    public const int Overhead = 32;

    public ReadOnlySpan<byte> Name => bytes.AsSpan(0, nameLength);

    public ReadOnlySpan<byte> Value => bytes.AsSpan(nameLength);

    public int Hash => hash;

    /// <summary>What it takes, in bytes as HPACK counts them.</summary>
    public int Size => bytes.Length + Overhead;

    /// <summary>What a field would have for its <see cref="Size"/>.</summary>
    public static int SizeOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + value.Length + Overhead;

    /// <summary>Copies it.</summary>
    public static KnownField Of(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var bytes = new byte[name.Length + value.Length];
        name.CopyTo(bytes);
        value.CopyTo(bytes.AsSpan(name.Length));
        return new KnownField(bytes, name.Length, hash);
    }
}
