namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>A field as it is written where no table has it (RFC 7541, section 6.2).</summary>
internal readonly ref struct HpackLiteral
{
    private const byte WithIndexing = 0x40;
    private const byte SizeUpdate = 0x20;
    private const byte NeverIndexed = 0x10;

    private HpackLiteral(ReadOnlySpan<byte> bytes, int nameIndex, HpackText name, HpackText value)
    {
        Bytes = bytes;
        NameIndex = nameIndex;
        Name = name;
        Value = value;
    }

    /// <summary>From its first byte to its last.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Where the tables have its name; 0 for <see cref="Name"/>.</summary>
    public int NameIndex { get; }

    public HpackText Name { get; }

    public HpackText Value { get; }

    /// <summary>Whether the table is to hold it from now on.</summary>
    public bool IsIndexed => (Bytes[0] & WithIndexing) != 0;

    /// <summary>Whether no table may ever hold it.</summary>
    public bool IsNeverIndexed => !IsIndexed && (Bytes[0] & NeverIndexed) != 0;

    /// <summary>Takes the one out of a block with which it begins.</summary>
    /// <exception cref="Http2Exception">It is malformed.</exception>
    public static HpackLiteral Take(scoped ref ReadOnlySpan<byte> block)
    {
        var rest = block;
        var isIndexed = (rest[0] & WithIndexing) != 0;
        if (!isIndexed && (rest[0] & SizeUpdate) != 0) throw new Http2Exception(Http2ErrorCode.CompressionError, "The size of the table changes within a block.");
        var nameIndex = HpackInteger.Read(ref block, isIndexed ? 6 : 4);
        var name = nameIndex == 0 ? HpackText.Take(ref block) : default;
        var value = HpackText.Take(ref block);
        return new HpackLiteral(rest[..^block.Length], nameIndex, name, value);
    }
}
