namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Finds the frames' headers in bytes that come in pieces of any size.</summary>
/// <param name="prefaceLength">Bytes before the first frame.</param>
internal sealed class FrameCursor(int prefaceLength)
{
    private const int HeaderLength = 9;

    private readonly byte[] _header = new byte[HeaderLength];
    private int _headerLength;
    private int _toSkip = prefaceLength;

    /// <summary>Goes on to the end of the next header.</summary>
    /// <param name="bytes">What is left of a piece; what was looked at is taken off.</param>
    /// <param name="header">The header, until the next call.</param>
    /// <returns>False when the piece ends before a header does.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> header)
    {
        var skipped = Math.Min(_toSkip, bytes.Length);
        _toSkip -= skipped;
        bytes = bytes[skipped..];

        var taken = Math.Min(_header.Length - _headerLength, bytes.Length);
        bytes[..taken].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += taken;
        bytes = bytes[taken..];

        header = _header;
        if (_headerLength < _header.Length) return false;
        _headerLength = 0;
        _toSkip = (header[0] << 16) | (header[1] << 8) | header[2];
        return true;
    }
}
