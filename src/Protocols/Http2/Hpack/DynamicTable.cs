namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>The fields that one direction of a connection has learnt (RFC 7541, section 2.3.2), the latest first.</summary>
internal sealed class DynamicTable
{
    /// <summary>What it holds at most and at first, in bytes as HPACK counts them.</summary>
    public const int DefaultSize = 4096;

    // As many as there can be: none has fewer bytes than its overhead.
    private const int Places = DefaultSize / KnownField.Overhead;
    private const int PlaceMask = Places - 1;

    private readonly KnownField?[] _fields = new KnownField?[Places];
    private readonly int[] _hashes = new int[Places];
    private int _next;
    private int _size;

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>What it may hold now, up to <see cref="DefaultSize"/>.</summary>
    public int MaximumSize { get; private set; } = DefaultSize;

    /// <summary>Forgets what has no place any more.</summary>
    public void Resize(int maximumSize)
    {
        MaximumSize = maximumSize;
        MakeRoom(0);
    }

    /// <summary>The field that was added <paramref name="age"/> fields ago.</summary>
    /// <exception cref="Http2Exception">There is none.</exception>
    public KnownField At(int age)
    {
        if (age < 0 || age >= Count) throw new Http2Exception(Http2ErrorCode.CompressionError, "A header field is not in the table.");
        return _fields[(_next - 1 - age) & PlaceMask]!;
    }

    /// <summary>How many fields ago a field was added, or -1.</summary>
    public int Find(KnownField field)
    {
        var found = WithHash(field.Hash, out var age);
        return found is not null && (found == field || found.Equals(field.Name, field.Value)) ? age : -1;
    }

    /// <summary>How many fields ago a field was added, or -1.</summary>
    public int Find(int hash, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => WithHash(hash, out var age)?.Equals(name, value) == true ? age : -1;

    /// <summary>Adds a field; one that is too large empties the table (RFC 7541, section 4.4).</summary>
    public void Add(KnownField field)
    {
        MakeRoom(field.Size);
        if (field.Size > MaximumSize) return;

        var place = _next++ & PlaceMask;
        _fields[place] = field;
        _hashes[place] = field.Hash;
        _size += field.Size;
        Count++;
    }

    private KnownField? WithHash(int hash, out int age)
    {
        var place = _hashes.AsSpan().IndexOf(hash);
        age = (_next - 1 - place) & PlaceMask;
        return place < 0 || age >= Count ? null : _fields[place];
    }

    private void MakeRoom(int size)
    {
        while (Count > 0 && _size + size > MaximumSize)
        {
            var place = (_next - Count) & PlaceMask;
            _size -= _fields[place]!.Size;
            _fields[place] = null;
            _hashes[place] = 0;
            Count--;
        }
    }
}
