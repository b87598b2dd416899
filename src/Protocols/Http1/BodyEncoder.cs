using System.Buffers;
using System.Buffers.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http1;

/// <summary>Writes the body of a message so that its end can be told (RFC 9112, section 6): as long as was said, or in chunks.</summary>
internal sealed class BodyEncoder
{
    private const int MostDigits = 8;

    private bool _isChunked;
    private long _left;

    /// <summary>Whether all of it has been written, though it was not said to end: there can be no more of it.</summary>
    public bool IsComplete => !_isChunked && _left == 0;

    /// <summary>A body of so many bytes is next.</summary>
    public void Begin(long length) => (_isChunked, _left) = (false, length);

    /// <summary>A body in chunks is next.</summary>
    public void BeginChunks() => _isChunked = true;

    /// <summary>Writes a piece of it.</summary>
    /// <returns>False when there would be more of it than was said; then nothing is written.</returns>
    public bool TryWrite(PooledBuffer output, in ReadOnlySequence<byte> data)
    {
        // A chunk of nothing would be the last.
        if (data.IsEmpty) return true;
        if (!_isChunked)
        {
            if (data.Length > _left) return false;
            _left -= data.Length;
            output.Add(data);
            return true;
        }

        Span<byte> size = stackalloc byte[MostDigits + 2];
        Utf8Formatter.TryFormat(data.Length, size, out var length, 'x');
        "\r\n"u8.CopyTo(size[length..]);
        output.Add(size[..(length + 2)]);
        output.Add(data);
        output.Add("\r\n"u8);
        return true;
    }

    /// <summary>Ends it, with trailers where there is room for them.</summary>
    /// <returns>False when there was less of it than was said.</returns>
    public bool TryEnd(PooledBuffer output, HeaderFields? trailers = null)
    {
        if (!_isChunked) return _left == 0;
        output.Add("0\r\n"u8);
        if (trailers is not null) FieldLines.Write(output, trailers);
        output.Add("\r\n"u8);
        return true;
    }
}
