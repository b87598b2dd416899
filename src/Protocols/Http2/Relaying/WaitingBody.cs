using System.Buffers;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>What is to be sent on a stream once the other side allows it.</summary>
/// <param name="since">A timestamp: now.</param>
internal sealed class WaitingBody(long since) : IDisposable
{
    private byte[] _bytes = [];
    private int _start;
    private int _length;

    /// <summary>A timestamp: since when nothing of it could be sent.</summary>
    public long Since { get; set; } = since;

    /// <summary>The request that comes before it, while there is no room for that; else null.</summary>
    public HeaderFields? Request { get; set; }

    /// <summary>Whether the stream ends with it.</summary>
    public bool IsLast { get; set; }

    /// <summary>What comes after it, or null.</summary>
    public HeaderFields? Trailers { get; set; }

    /// <summary>The reset that comes after it, or null.</summary>
    public Http2ErrorCode? Reset { get; set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, _length);

    public void Add(in ReadOnlySequence<byte> bytes)
    {
        var added = (int)bytes.Length;
        if (_start + _length + added > _bytes.Length) MakeRoom(added);
        bytes.CopyTo(_bytes.AsSpan(_start + _length));
        _length += added;
    }

    public void Take(int count)
    {
        _start += count;
        _length -= count;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _length) = ([], 0, 0);
    }

    private void MakeRoom(int added)
    {
        var larger = _length + added > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(2 * (_length + added)) : _bytes;
        Bytes.CopyTo(larger);
        if (larger != _bytes && _bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start) = (larger, 0);
    }
}
