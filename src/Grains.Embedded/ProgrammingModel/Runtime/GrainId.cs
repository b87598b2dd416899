namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key.</summary>
public readonly struct GrainId : IEquatable<GrainId>
{
    private readonly int _hash;

    internal GrainId(string type, string key)
    {
        TypeText = type;
        KeyText = key;
        _hash = HashCode.Combine(type, key);
    }

    internal string TypeText { get; }

    internal string KeyText { get; }

    /// <summary>The id of the grain of this type with this key.</summary>
    public static GrainId Create(string type, string key) => new(type, key);

    /// <inheritdoc/>
    public bool Equals(GrainId other) => _hash == other._hash && KeyText == other.KeyText && TypeText == other.TypeText;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>"type/key".</summary>
    public override string ToString() => $"{TypeText}/{KeyText}";

    /// <inheritdoc cref="Equals(GrainId)"/>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Whether two ids differ.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
