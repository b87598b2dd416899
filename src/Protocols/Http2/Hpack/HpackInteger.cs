namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Integers with a prefix of some bits (RFC 7541, section 5.1).</summary>
internal static class HpackInteger
{
    // More than four bytes say a number that nothing here may have.
    private const int MaximumShift = 21;

    /// <summary>Reads one and takes it off the input.</summary>
    /// <exception cref="Http2Exception">It is not whole, or too large.</exception>
    public static int Read(scoped ref ReadOnlySpan<byte> input, int prefixBits)
    {
        var mask = (1 << prefixBits) - 1;
        var value = Take(ref input) & mask;
        if (value < mask) return value;
        for (var shift = 0; shift <= MaximumShift; shift += 7)
        {
            var next = Take(ref input);
            value += (next & 0x7F) << shift;
            if ((next & 0x80) == 0) return value;
        }

        throw new Http2Exception(Http2ErrorCode.CompressionError, "A number in a header block is too large.");
    }

    /// <summary>Writes one.</summary>
    /// <returns>The number of bytes.</returns>
    public static int Write(Span<byte> output, int prefixBits, byte flags, int value)
    {
        var mask = (1 << prefixBits) - 1;
        if (value < mask)
        {
            output[0] = (byte)(flags | value);
            return 1;
        }

        output[0] = (byte)(flags | mask);
        var length = 1;
        for (value -= mask; value >= 0x80; value >>= 7) output[length++] = (byte)(value | 0x80);
        output[length++] = (byte)value;
        return length;
    }

    private static byte Take(scoped ref ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) throw new Http2Exception(Http2ErrorCode.CompressionError, "A header block ends in the middle of a field.");
        var first = input[0];
        input = input[1..];
        return first;
    }
}
