using System.Diagnostics.CodeAnalysis;

namespace RestateCloud.Protocols.Memos;

/// <summary>
/// What was made of bytes that come again and again, such as the paths of calls. It holds a fixed number; where two fall on one place the later one
/// stays. Whoever must not push others out is not to be let in.
/// </summary>
/// <typeparam name="T">What is made of them: always the same of the same bytes.</typeparam>
public sealed class BytesMemo<T>
{
    private const int Places = 256;
    private const int MaximumLength = 1024;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>What was made of these bytes; false when that is not known any more.</summary>
    public bool TryGet(ReadOnlySpan<byte> bytes, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (bytes.Length > MaximumLength || Volatile.Read(ref Place(bytes)) is not { } entry || !bytes.SequenceEqual(entry.Bytes)) return false;
        value = entry.Value;
        return true;
    }

    /// <summary>Remembers it, unless there are too many bytes.</summary>
    public void Set(ReadOnlySpan<byte> bytes, T value)
    {
        if (bytes.Length <= MaximumLength) Volatile.Write(ref Place(bytes), new Entry(bytes.ToArray(), value));
    }

    // Differs in each process.
    private ref Entry? Place(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return ref _entries[(uint)hash.ToHashCode() % Places];
    }

    private sealed record Entry(byte[] Bytes, T Value);
}
