namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>The Huffman code of HPACK (RFC 7541, section 5.2 and appendix B).</summary>
/// <remarks>The code is canonical: that of a length are numbered in the order of their symbols, so that the lengths say all.</remarks>
internal static class HuffmanCode
{
    private const int Shortest = 5;
    private const int Longest = 30;
    private const int EndOfString = 256;

    // What a byte of input leads to in a node of the decoder: another node, a symbol with the number of bits that it takes, or nothing.
    private const ushort IsNode = 0x8000;
    private const ushort Invalid = 0;

    private static readonly uint[] Codes = AssignCodes();
    private static readonly ushort[] Nodes = BuildNodes();

    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <summary>Bytes that a text takes at most once it is decoded: no symbol has fewer than five bits.</summary>
    public static int MaximumDecodedLength(int encodedLength) => encodedLength * 8 / Shortest;

    /// <summary>Bytes that a text takes once it is encoded.</summary>
    public static int EncodedLength(ReadOnlySpan<byte> text)
    {
        var bits = 0;
        foreach (var symbol in text) bits += Lengths[symbol];
        return (bits + 7) / 8;
    }

    /// <summary>Encodes into room for <see cref="EncodedLength"/>.</summary>
    public static void Encode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var accumulator = 0UL;
        var (bits, written) = (0, 0);
        foreach (var symbol in text)
        {
            accumulator = (accumulator << Lengths[symbol]) | Codes[symbol];
            for (bits += Lengths[symbol]; bits >= 8;)
            {
                bits -= 8;
                output[written++] = (byte)(accumulator >> bits);
            }
        }

        // The rest of the last byte is the beginning of the code for the end of the string: ones.
        if (bits > 0) output[written] = (byte)((accumulator << (8 - bits)) | (0xFFu >> bits));
    }

    /// <summary>Decodes into room for <see cref="MaximumDecodedLength"/>.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="Http2Exception">It is no text in this code.</exception>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> output)
    {
        var nodes = Nodes;
        var accumulator = 0UL;
        var (bits, written, node, codeBits) = (0, 0, 0, 0);
        foreach (var next in encoded)
        {
            accumulator = (accumulator << 8) | next;
            for (bits += 8; bits >= 8;)
            {
                var entry = nodes[node | (byte)(accumulator >> (bits - 8))];
                if (entry == Invalid) throw Malformed();
                var isNode = (entry & IsNode) != 0;
                var taken = isNode ? 8 : entry >> 8;
                bits -= taken;
                codeBits = isNode ? codeBits + 8 : 0;
                node = isNode ? (entry & ~IsNode) << 8 : 0;
                if (!isNode) output[written++] = (byte)entry;
            }
        }

        return written + DecodeRest((byte)(accumulator << (8 - bits)), bits, node, codeBits, output[written..]);
    }

    // Fewer than eight bits are left: symbols that are shorter than that, and then less than a byte of ones.
    private static int DecodeRest(byte rest, int bits, int node, int codeBits, Span<byte> output)
    {
        var written = 0;
        while (bits > 0)
        {
            var padded = (byte)(rest | (0xFF >> bits));
            var entry = Nodes[node | padded];
            var length = entry >> 8;
            if ((entry & IsNode) != 0 || entry == Invalid || length > bits)
            {
                if (padded == 0xFF && codeBits == 0) return written;
                throw Malformed();
            }

            output[written++] = (byte)entry;
            rest <<= length;
            bits -= length;
            (node, codeBits) = (0, 0);
        }

        return node == 0 ? written : throw Malformed();
    }

    private static uint[] AssignCodes()
    {
        var codes = new uint[Lengths.Length];
        var code = 0u;
        for (var length = Shortest; length <= Longest; length++, code <<= 1)
        {
            for (var symbol = 0; symbol < codes.Length; symbol++)
            {
                if (Lengths[symbol] == length) codes[symbol] = code++;
            }
        }

        return codes;
    }

    private static ushort[] BuildNodes()
    {
        var nodes = new List<ushort>(new ushort[256]);
        // A text that holds the end of a string is malformed, so that has no entry.
        for (var symbol = 0; symbol < EndOfString; symbol++)
        {
            var (code, length, node) = (Codes[symbol], (int)Lengths[symbol], 0);
            for (; length > 8; length -= 8)
            {
                var at = (node << 8) | (byte)(code >> (length - 8));
                if (nodes[at] == Invalid)
                {
                    nodes[at] = (ushort)(IsNode | (nodes.Count >> 8));
                    nodes.AddRange(new ushort[256]);
                }

                node = nodes[at] & ~IsNode;
            }

            var first = (node << 8) | (byte)(code << (8 - length));
            for (var i = 0; i < 1 << (8 - length); i++) nodes[first + i] = (ushort)((length << 8) | symbol);
        }

        return [.. nodes];
    }

    private static Http2Exception Malformed() => new(Http2ErrorCode.CompressionError, "A header field is not in the Huffman code.");
}
