namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>The fields of one block of headers, in order. Used again and again: what it holds is valid until it is cleared.</summary>
public sealed class HeaderFields
{
    private readonly int _limit;

    private byte[] _bytes;
    private Field[] _fields;
    private int _length;
    private int _knownLength;
    private int _size;

    /// <param name="limit">Bytes of names and values that it takes, with 32 for each field as HTTP/2 counts them.</param>
    public HeaderFields(int limit)
        : this(limit, new byte[1024], new Field[32])
    {
    }

    private HeaderFields(int limit, byte[] bytes, Field[] fields) => (_limit, _bytes, _fields) = (limit, bytes, fields);

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>Whether fields were left out because of the limit.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Bytes of all names and values, and of those that were replaced.</summary>
    internal int Length => _length + _knownLength;

    /// <summary>The name of a field.</summary>
    public ReadOnlySpan<byte> Name(int index)
    {
        ref readonly var field = ref _fields[index];
        return field.Known is { } known ? known.Name : _bytes.AsSpan(field.Start, field.NameLength);
    }

    /// <summary>The value of a field.</summary>
    public ReadOnlySpan<byte> Value(int index)
    {
        ref readonly var field = ref _fields[index];
        return field.Known is { } known ? known.Value : _bytes.AsSpan(field.ValueStart, field.ValueLength);
    }

    /// <summary>Whether a field has a name.</summary>
    public bool IsNamed(int index, ReadOnlySpan<byte> name) => _fields[index].NameLength == name.Length && name.SequenceEqual(Name(index));

    /// <summary>Whether no table may ever hold the field (RFC 7541, section 6.2.3).</summary>
    internal bool IsNeverIndexed(int index) => _fields[index].IsNeverIndexed;

    /// <summary>A field that a table had; null for those that came in letters, or were changed.</summary>
    internal KnownField? Known(int index) => _fields[index].Known;

    /// <summary>The index of the only field of a name; -1 when there is none or more than one.</summary>
    public int Single(ReadOnlySpan<byte> name)
    {
        var found = -1;
        for (var i = 0; i < Count; i++)
        {
            if (!IsNamed(i, name)) continue;
            if (found >= 0) return -1;
            found = i;
        }

        return found;
    }

    /// <summary>Whether there is a field of a name.</summary>
    public bool Has(ReadOnlySpan<byte> name) => First(name) >= 0;

    /// <summary>Adds a field at the end.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, value, isNeverIndexed: false);

    internal void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNeverIndexed)
    {
        if (HasRoom(KnownField.SizeOf(name, value))) _fields[Count++] = new Field(Append(name), name.Length, Append(value), value.Length, isNeverIndexed, null);
    }

    /// <summary>Adds a field that does not change, without copying it.</summary>
    internal void Add(KnownField known)
    {
        if (!HasRoom(known.Size)) return;
        _knownLength += known.Length;
        _fields[Count++] = new Field(0, known.Name.Length, 0, 0, false, known);
    }

    /// <summary>Gives a field another value.</summary>
    public void Set(int index, ReadOnlySpan<byte> value)
    {
        ref var field = ref _fields[index];
        var (start, nameLength) = field.Known is { } known ? (Append(known.Name), known.Name.Length) : (field.Start, field.NameLength);
        field = new Field(start, nameLength, Append(value), value.Length, field.IsNeverIndexed, null);
    }

    /// <summary>Leaves the beginning of a value out; less than nothing brings it back.</summary>
    public void TrimStart(int index, int length)
    {
        if (_fields[index].Known is { } known) Set(index, known.Value);
        ref var field = ref _fields[index];
        field = field with { ValueStart = field.ValueStart + length, ValueLength = field.ValueLength - length };
    }

    /// <summary>Takes all fields of a name out.</summary>
    public void Remove(ReadOnlySpan<byte> name)
    {
        var kept = First(name);
        if (kept < 0) return;
        for (var i = kept + 1; i < Count; i++)
        {
            if (!IsNamed(i, name)) _fields[kept++] = _fields[i];
        }

        Count = kept;
    }

    /// <summary>Takes everything out.</summary>
    public void Clear()
    {
        (_length, _knownLength, _size, Count, IsTooLarge) = (0, 0, 0, 0, false);
    }

    /// <summary>Holds what others hold instead of what it held.</summary>
    public void CopyFrom(HeaderFields other)
    {
        if (_bytes.Length < other._length) _bytes = new byte[other._bytes.Length];
        if (_fields.Length < other.Count) _fields = new Field[other._fields.Length];
        other._bytes.AsSpan(0, other._length).CopyTo(_bytes);
        other._fields.AsSpan(0, other.Count).CopyTo(_fields);
        (_length, _knownLength, _size, Count, IsTooLarge) = (other._length, other._knownLength, other._size, other.Count, other.IsTooLarge);
    }

    /// <summary>Fields of their own that are the same.</summary>
    public HeaderFields Clone() =>
        new(int.MaxValue, _bytes.AsSpan(0, _length).ToArray(), _fields.AsSpan(0, Count).ToArray()) { _length = _length, _knownLength = _knownLength, _size = _size, Count = Count };

    private int First(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (IsNamed(i, name)) return i;
        }

        return -1;
    }

    private bool HasRoom(int size)
    {
        _size += size;
        IsTooLarge |= _size > _limit;
        if (_size > _limit) return false;
        if (Count == _fields.Length) Array.Resize(ref _fields, Math.Max(4, 2 * Count));
        return true;
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        if (_bytes.Length - _length < text.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + text.Length));
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return _length - text.Length;
    }

    // Of a known one nothing else counts but the length of its name: whoever looks for a name mostly needs to know no more.
    private readonly record struct Field(int Start, int NameLength, int ValueStart, int ValueLength, bool IsNeverIndexed, KnownField? Known);
}
