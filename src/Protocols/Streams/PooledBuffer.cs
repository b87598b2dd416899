using System.Buffers;

namespace RestateCloud.Protocols.Streams;

/// <summary>Bytes that wait to be sent together. What it holds of them in memory is the pool's again when they are gone, but for a little.</summary>
internal sealed class PooledBuffer
{
    // The head of most messages. The pool keeps some dozens of a size; of hundreds of connections each has one to send at the same time.
    private const int OwnSize = 1024;
    private const int FirstSize = 4 * 1024;

    private byte[] _own = [];
    private byte[] _bytes = [];

    /// <summary>Bytes that wait.</summary>
    public int Length { get; private set; }

    /// <summary>What waits; valid until something is added or taken out.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>The same from somewhere on, to be changed.</summary>
    public Span<byte> From(int start) => _bytes.AsSpan(start, Length - start);

    /// <summary>Adds room that is to be filled at once.</summary>
    public Span<byte> Take(int length)
    {
        if (_bytes.Length - Length < length) Grow(length);
        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Adds bytes.</summary>
    public void Add(in ReadOnlySequence<byte> bytes) => bytes.CopyTo(Take((int)bytes.Length));

    /// <summary>Forgets what it holds, and keeps the memory.</summary>
    public void Empty() => Length = 0;

    /// <summary>Forgets what it holds, and gives the memory back.</summary>
    public void Clear()
    {
        GiveBack();
        (_bytes, Length) = (_own, 0);
    }

    private void Grow(int length)
    {
        var larger = Length + length <= OwnSize && _own.Length == 0
            ? _own = new byte[OwnSize]
            : ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(2 * _bytes.Length, Length + length)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        GiveBack();
        _bytes = larger;
    }

    private void GiveBack()
    {
        if (_bytes.Length > OwnSize) ArrayPool<byte>.Shared.Return(_bytes);
    }
}
