namespace RestateCloud.Cedar.Values;

/// <summary>A set: distinct values in the order they were first given.</summary>
internal sealed class SetValue : IEquatable<SetValue>
{
    // Below this, comparing a few values in turn is faster than hashing one.
    private const int HashThreshold = 8;

    private readonly CedarValue[] _elements;
    private readonly HashSet<CedarValue>? _index;
    private readonly int _hash;

    private SetValue(CedarValue[] elements, HashSet<CedarValue>? index)
    {
        _elements = elements;
        _index = index;

        // A sum, so that order does not matter.
        foreach (var element in elements) _hash += element.GetHashCode();
    }

    public static SetValue Empty { get; } = new([], null);

    public ReadOnlySpan<CedarValue> Elements => _elements;

    public static SetValue Of(ReadOnlySpan<CedarValue> values)
    {
        if (values.IsEmpty) return Empty;
        if (values.Length > HashThreshold) return Hashed(values);
        var elements = new CedarValue[values.Length];
        var count = 0;
        foreach (var value in values)
            if (!elements.AsSpan(0, count).Contains(value)) elements[count++] = value;
        return new SetValue(count == elements.Length ? elements : elements[..count], null);
    }

    public bool Contains(in CedarValue value) => _index?.Contains(value) ?? _elements.AsSpan().Contains(value);

    public bool ContainsAll(SetValue other)
    {
        if (other._elements.Length > _elements.Length) return false;
        foreach (ref readonly var element in other.Elements)
            if (!Contains(element)) return false;
        return true;
    }

    public bool ContainsAny(SetValue other)
    {
        var (few, many) = _elements.Length <= other._elements.Length ? (this, other) : (other, this);
        foreach (ref readonly var element in few.Elements)
            if (many.Contains(element)) return true;
        return false;
    }

    public bool Equals(SetValue? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && _elements.Length == other._elements.Length && ContainsAll(other));

    public override bool Equals(object? obj) => Equals(obj as SetValue);

    public override int GetHashCode() => _hash;

    private static SetValue Hashed(ReadOnlySpan<CedarValue> values)
    {
        var index = new HashSet<CedarValue>(values.Length);
        foreach (ref readonly var value in values) index.Add(value);
        var elements = new CedarValue[index.Count];
        index.CopyTo(elements);
        return new SetValue(elements, index.Count > HashThreshold ? index : null);
    }
}
