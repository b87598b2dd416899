namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Reads the header blocks that one side of a connection sends (RFC 7541, section 6).</summary>
internal sealed class HpackDecoder
{
    private const byte Indexed = 0x80;
    private const byte WithIndexing = 0x40;
    private const byte SizeUpdate = 0x20;
    private const byte NeverIndexed = 0x10;
    private const byte Huffman = 0x80;

    private readonly DynamicTable _table = new();
    private byte[] _name = new byte[64];
    private byte[] _value = new byte[512];

    /// <summary>Reads a whole block. Fields beyond the limit of the list are left out, and known afterwards all the same.</summary>
    /// <exception cref="Http2Exception">It is malformed: both sides' tables differ from here on, which ends a connection.</exception>
    public void Decode(ReadOnlySpan<byte> block, HeaderFields fields)
    {
        // RFC 7541, section 4.2: changes of the size stand at the beginning.
        while (!block.IsEmpty && (block[0] & 0xE0) == SizeUpdate) Resize(HpackInteger.Read(ref block, prefixBits: 5));
        while (!block.IsEmpty) DecodeField(ref block, fields);
    }

    private void Resize(int size)
    {
        if (size > DynamicTable.DefaultSize) throw new Http2Exception(Http2ErrorCode.CompressionError, "The table of header fields would be larger than allowed.");
        _table.Resize(size);
    }

    private void DecodeField(scoped ref ReadOnlySpan<byte> block, HeaderFields fields)
    {
        var first = block[0];
        if ((first & Indexed) != 0)
        {
            LookUp(HpackInteger.Read(ref block, prefixBits: 7), out var knownName, out var knownValue, out var knownHash);
            fields.Add(knownName, knownValue, isNeverIndexed: false, knownHash);
            return;
        }

        var isIndexed = (first & WithIndexing) != 0;
        if (!isIndexed && (first & SizeUpdate) != 0) throw new Http2Exception(Http2ErrorCode.CompressionError, "The size of the table changes within a block.");
        var index = HpackInteger.Read(ref block, isIndexed ? 6 : 4);
        ReadOnlySpan<byte> name;
        if (index == 0) name = Text(ref block, ref _name);
        else LookUp(index, out name, out _, out _);
        var value = Text(ref block, ref _value);
        var hash = isIndexed ? FieldHash.Of(name, value) : 0;
        fields.Add(name, value, !isIndexed && (first & NeverIndexed) != 0, hash);
        if (isIndexed) _table.Add(hash, name, value);
    }

    private void LookUp(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out int hash)
    {
        if (index is > 0 and <= StaticTable.Count)
        {
            var (knownName, knownValue) = StaticTable.At(index);
            name = knownName;
            value = knownValue;
            hash = StaticTable.HashAt(index);
            return;
        }

        _table.Get(index - StaticTable.Count - 1, out name, out value, out hash);
    }

    // RFC 7541, section 5.2.
    private static ReadOnlySpan<byte> Text(scoped ref ReadOnlySpan<byte> block, scoped ref byte[] buffer)
    {
        var isHuffman = !block.IsEmpty && (block[0] & Huffman) != 0;
        var length = HpackInteger.Read(ref block, prefixBits: 7);
        if (length > block.Length) throw new Http2Exception(Http2ErrorCode.CompressionError, "A header block ends in the middle of a field.");
        var text = block[..length];
        block = block[length..];
        if (!isHuffman) return text;

        var room = HuffmanCode.MaximumDecodedLength(length);
        if (buffer.Length < room) buffer = new byte[room];
        return buffer.AsSpan(0, HuffmanCode.Decode(text, buffer));
    }
}
