namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>A name or a value as it stands in a header block (RFC 7541, section 5.2).</summary>
internal readonly ref struct HpackText
{
    private const byte Huffman = 0x80;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isHuffman;

    private HpackText(ReadOnlySpan<byte> bytes, bool isHuffman)
    {
        _bytes = bytes;
        _isHuffman = isHuffman;
    }

    /// <summary>Takes the first one out of a block.</summary>
    /// <exception cref="Http2Exception">The block ends before it does.</exception>
    public static HpackText Take(scoped ref ReadOnlySpan<byte> block)
    {
        var isHuffman = !block.IsEmpty && (block[0] & Huffman) != 0;
        var length = HpackInteger.Read(ref block, prefixBits: 7);
        if (length > block.Length) throw new Http2Exception(Http2ErrorCode.CompressionError, "A header block ends in the middle of a field.");
        var text = new HpackText(block[..length], isHuffman);
        block = block[length..];
        return text;
    }

    /// <summary>What it says: as it stands, or in the buffer, which is exchanged for a larger one where it has no room.</summary>
    /// <exception cref="Http2Exception">It is no Huffman code.</exception>
    public ReadOnlySpan<byte> Decode(scoped ref byte[] buffer)
    {
        if (!_isHuffman) return _bytes;
        var room = HuffmanCode.MaximumDecodedLength(_bytes.Length);
        if (buffer.Length < room) buffer = new byte[room];
        return buffer.AsSpan(0, HuffmanCode.Decode(_bytes, buffer));
    }
}
