namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>A field that a table has, or that is remembered otherwise. It does not change, and whoever has to do with it keeps the same one.</summary>
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

    /// <summary>Bytes of its name and its value.</summary>
    public int Length => bytes.Length;

    /// <summary>What it takes, in bytes as HPACK counts them.</summary>
    public int Size => bytes.Length + Overhead;

    /// <summary>What whoever looked at it found. Threads may find it at the same time, and find the same.</summary>
    public FieldKind Kind { get; set; }

    /// <summary>Whether it says the same.</summary>
    public bool Equals(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.SequenceEqual(Name) && value.SequenceEqual(Value);

    /// <summary>What a field would have for its <see cref="Size"/>.</summary>
    public static int SizeOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + value.Length + Overhead;

    /// <summary>Copies it.</summary>
    public static KnownField Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Of(FieldHash.Of(name, value), name, value);

    /// <summary>Copies it.</summary>
    public static KnownField Of(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var bytes = new byte[name.Length + value.Length];
        name.CopyTo(bytes);
        value.CopyTo(bytes.AsSpan(name.Length));
        return new KnownField(bytes, name.Length, hash);
    }
}
