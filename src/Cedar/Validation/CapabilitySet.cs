namespace RestateCloud.Cedar.Validation;

/// <summary>
/// What is known to be there once a condition holds: attributes and tags asked for with <c>has</c> and <c>hasTag</c>, by
/// the numbers <see cref="Shapes"/> gives them. Immutable.
/// </summary>
internal sealed class CapabilitySet
{
    private readonly int[] _sorted;

    private CapabilitySet(int[] sorted) => _sorted = sorted;

    public static CapabilitySet Empty { get; } = new([]);

    public static CapabilitySet Of(int capability) => new([capability]);

    public bool Contains(int capability) => Array.BinarySearch(_sorted, capability) >= 0;

    public CapabilitySet Union(CapabilitySet other)
    {
        if (_sorted.Length == 0 || ReferenceEquals(this, other)) return other;
        if (other._sorted.Length == 0) return this;
        var union = new int[_sorted.Length + other._sorted.Length];
        int count = 0, left = 0, right = 0;
        while (left < _sorted.Length && right < other._sorted.Length)
        {
            var (a, b) = (_sorted[left], other._sorted[right]);
            if (a <= b) left++;
            if (b <= a) right++;
            union[count++] = Math.Min(a, b);
        }

        while (left < _sorted.Length) union[count++] = _sorted[left++];
        while (right < other._sorted.Length) union[count++] = other._sorted[right++];
        return count == _sorted.Length ? this : new CapabilitySet(union[..count]);
    }

    public CapabilitySet Intersect(CapabilitySet other)
    {
        if (ReferenceEquals(this, other)) return this;
        var common = Array.FindAll(_sorted, other.Contains);
        return common.Length == 0 ? Empty : new CapabilitySet(common);
    }
}
