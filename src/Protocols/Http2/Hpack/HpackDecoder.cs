namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Reads the header blocks that one side of a connection sends (RFC 7541, section 6).</summary>
internal sealed class HpackDecoder
{
    private const byte Indexed = 0x80;
    private const byte SizeUpdate = 0x20;

    private readonly DynamicTable _table = new();
    private readonly LiteralMemo _literals = new();
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
        if ((block[0] & Indexed) != 0)
        {
            fields.Add(LookUp(HpackInteger.Read(ref block, prefixBits: 7)));
            return;
        }

        var literal = HpackLiteral.Take(ref block);
        if (literal.IsNeverIndexed)
        {
            Read(literal, out var name, out var value);
            fields.Add(name, value, isNeverIndexed: true);
            return;
        }

        // What it says otherwise depends on what the table holds.
        var lasting = literal.NameIndex <= StaticTable.Count ? literal.Bytes : default;
        if (_literals.Find(lasting) is not { } known)
        {
            Read(literal, out var name, out var value);
            var isRepeated = _literals.IsRepeated(lasting);
            if (!isRepeated && !literal.IsIndexed)
            {
                fields.Add(name, value);
                return;
            }

            known = KnownField.Of(name, value);
            if (isRepeated) _literals.Set(lasting, known);
        }

        fields.Add(known);
        if (literal.IsIndexed) _table.Add(known);
    }

    private void Read(HpackLiteral literal, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = literal.NameIndex == 0 ? literal.Name.Decode(ref _name) : LookUp(literal.NameIndex).Name;
        value = literal.Value.Decode(ref _value);
    }

    private KnownField LookUp(int index) => index is > 0 and <= StaticTable.Count ? StaticTable.At(index) : _table.At(index - StaticTable.Count - 1);
}
