namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>The fields that one direction of a connection has learnt (RFC 7541, section 2.3.2), the latest first.</summary>
internal sealed class DynamicTable
{
    /// <summary>What it holds at most and at first, in bytes as HPACK counts them.</summary>
    public const int DefaultSize = 4096;

    // RFC 7541, section 4.1.
    private const int EntryOverhead = 32;
    private const int Places = DefaultSize / EntryOverhead;
    private const int PlaceMask = Places - 1;

    private readonly Entry[] _entries = new Entry[Places];
    private readonly int[] _hashes = new int[Places];
    private int _next;
    private int _size;

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>What it may hold now, up to <see cref="DefaultSize"/>.</summary>
    public int MaximumSize { get; private set; } = DefaultSize;

    public static int SizeOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + value.Length + EntryOverhead;

    /// <summary>Forgets what has no place any more.</summary>
    public void Resize(int maximumSize)
    {
        MaximumSize = maximumSize;
        MakeRoom(0);
    }

    /// <summary>The field that was added <paramref name="age"/> fields ago.</summary>
    /// <exception cref="Http2Exception">There is none.</exception>
    public void Get(int age, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out int hash)
    {
        if (age < 0 || age >= Count) throw new Http2Exception(Http2ErrorCode.CompressionError, "A header field is not in the table.");
        var place = (_next - 1 - age) & PlaceMask;
        ref readonly var entry = ref _entries[place];
        hash = _hashes[place];
        name = entry.Bytes.AsSpan(0, entry.NameLength);
        value = entry.Bytes.AsSpan(entry.NameLength);
    }

    /// <summary>How many fields ago a field was added, or -1.</summary>
    public int Find(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var place = _hashes.AsSpan().IndexOf(hash);
        if (place < 0) return -1;
        var age = (_next - 1 - place) & PlaceMask;
        if (age >= Count) return -1;
        Get(age, out var foundName, out var foundValue, out _);
        return name.SequenceEqual(foundName) && value.SequenceEqual(foundValue) ? age : -1;
    }

    /// <summary>Adds a field; one that is too large empties the table (RFC 7541, section 4.4).</summary>
    public void Add(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var size = SizeOf(name, value);
        // First, for the name may be that of a field that goes.
        var bytes = new byte[name.Length + value.Length];
        name.CopyTo(bytes);
        value.CopyTo(bytes.AsSpan(name.Length));
        MakeRoom(size);
        if (size > MaximumSize) return;

        var place = _next++ & PlaceMask;
        _entries[place] = new Entry(bytes, name.Length);
        _hashes[place] = hash;
        _size += size;
        Count++;
    }

    private void MakeRoom(int size)
    {
        while (Count > 0 && _size + size > MaximumSize)
        {
            var place = (_next - Count) & PlaceMask;
            _size -= _entries[place].Bytes.Length + EntryOverhead;
            _entries[place] = default;
            _hashes[place] = 0;
            Count--;
        }
    }

    private readonly record struct Entry(byte[] Bytes, int NameLength);
}
