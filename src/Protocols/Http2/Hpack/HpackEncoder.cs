namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Writes the header blocks of one direction of a connection (RFC 7541, section 6).</summary>
internal sealed class HpackEncoder
{
    private const byte Indexed = 0x80;
    private const byte WithIndexing = 0x40;
    private const byte WithoutIndexing = 0;
    private const byte NeverIndexed = 0x10;
    private const byte SizeUpdate = 0x20;
    private const byte Huffman = 0x80;

    // An integer takes five bytes at most: two of them for each field with a name of its own, and two for sizes of the table.
    private const int OverheadPerField = 11;
    private const int OverheadPerBlock = 10;

    private readonly DynamicTable _table = new();
    private int? _smallestSize;

    /// <summary>Keeps to what the other side's SETTINGS_HEADER_TABLE_SIZE allows, and to the usual size where that is more.</summary>
    public void Allow(uint size)
    {
        var allowed = (int)Math.Min(size, DynamicTable.DefaultSize);
        if (allowed == _table.MaximumSize) return;
        _smallestSize = Math.Min(_smallestSize ?? allowed, allowed);
        _table.Resize(allowed);
    }

    /// <summary>Bytes that a block takes at most.</summary>
    public static int MaximumLength(HeaderFields fields) => OverheadPerBlock + fields.Length + (OverheadPerField * fields.Count);

    /// <summary>Writes a block into room for <see cref="MaximumLength"/>.</summary>
    /// <returns>The number of bytes.</returns>
    public int Encode(HeaderFields fields, Span<byte> output)
    {
        var length = 0;
        if (_smallestSize is { } smallest)
        {
            // RFC 7541, section 4.2: the smallest size since the last block, and then the last one.
            if (smallest < _table.MaximumSize) length += HpackInteger.Write(output, 5, SizeUpdate, smallest);
            length += HpackInteger.Write(output[length..], 5, SizeUpdate, _table.MaximumSize);
            _smallestSize = null;
        }

        for (var i = 0; i < fields.Count; i++) length += Encode(fields, i, output[length..]);
        return length;
    }

    private int Encode(HeaderFields fields, int field, Span<byte> output)
    {
        var name = fields.Name(field);
        var value = fields.Value(field);
        if (fields.IsNeverIndexed(field)) return Literal(name, value, NeverIndexed, output);

        var known = fields.Known(field);
        var hash = known?.Hash ?? FieldHash.Of(name, value);
        if ((known is null ? _table.Find(hash, name, value) : _table.Find(known)) is var age and >= 0) return HpackInteger.Write(output, 7, Indexed, StaticTable.Count + 1 + age);
        if (StaticTable.Find(hash, name, value) is var index and >= 0) return HpackInteger.Write(output, 7, Indexed, index);
        // One that would push out most of the others is not worth it.
        if (KnownField.SizeOf(name, value) > _table.MaximumSize / 2) return Literal(name, value, WithoutIndexing, output);

        var length = Literal(name, value, WithIndexing, output);
        _table.Add(known ?? KnownField.Of(hash, name, value));
        return length;
    }

    private static int Literal(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, byte kind, Span<byte> output)
    {
        var nameIndex = Math.Max(0, StaticTable.FindName(name));
        var length = HpackInteger.Write(output, kind == WithIndexing ? 6 : 4, kind, nameIndex);
        if (nameIndex == 0) length += Text(name, output[length..]);
        return length + Text(value, output[length..]);
    }

    private static int Text(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var encodedLength = HuffmanCode.EncodedLength(text);
        var isHuffman = encodedLength < text.Length;
        var length = HpackInteger.Write(output, 7, isHuffman ? Huffman : (byte)0, isHuffman ? encodedLength : text.Length);
        if (!isHuffman)
        {
            text.CopyTo(output[length..]);
            return length + text.Length;
        }

        HuffmanCode.Encode(text, output.Slice(length, encodedLength));
        return length + encodedLength;
    }
}
