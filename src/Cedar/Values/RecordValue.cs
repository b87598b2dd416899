namespace RestateCloud.Cedar.Values;

/// <summary>A record: named values, sorted by name (ordinal).</summary>
internal sealed class RecordValue : IEquatable<RecordValue>
{
    // Up to here a look at each name in turn beats a binary search; most names differ in length already.
    private const int LinearThreshold = 12;

    private readonly string[] _names;
    private readonly CedarValue[] _values;
    private readonly int _hash;

    private RecordValue(string[] names, CedarValue[] values)
    {
        _names = names;
        _values = values;
        for (var i = 0; i < names.Length; i++) _hash = HashCode.Combine(_hash, names[i], values[i]);
    }

    public static RecordValue Empty { get; } = new([], []);

    public int Count => _names.Length;

    public ReadOnlySpan<string> Names => _names;

    public ReadOnlySpan<CedarValue> Values => _values;

    /// <summary>A record of these fields.</summary>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public static RecordValue Of(IEnumerable<KeyValuePair<string, CedarValue>> fields)
    {
        var sorted = fields.ToArray();
        if (sorted.Length == 0) return Empty;
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i].Key == sorted[i - 1].Key) throw new ArgumentException($"the name \"{sorted[i].Key}\" comes twice");
        return new RecordValue(Array.ConvertAll(sorted, field => field.Key), Array.ConvertAll(sorted, field => field.Value));
    }

    /// <summary>A record of names that are sorted and distinct already; the arrays are taken over.</summary>
    public static RecordValue OfSorted(string[] names, CedarValue[] values) => new(names, values);

    public bool Contains(string name) => IndexOf(name) >= 0;

    public bool TryGet(string name, out CedarValue value)
    {
        var index = IndexOf(name);
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    public bool Equals(RecordValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || _hash != other._hash || Count != other.Count) return false;
        return _names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values);
    }

    public override bool Equals(object? obj) => Equals(obj as RecordValue);

    public override int GetHashCode() => _hash;

    private int IndexOf(string name)
    {
        var names = _names;
        if (names.Length > LinearThreshold) return Array.BinarySearch(names, name, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
            if (names[i] == name) return i;
        return -1;
    }
}
