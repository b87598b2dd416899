namespace RestateCloud.Cedar.Values;

/// <summary>Stands in a value's reference for the kinds whose content is 64 bits.</summary>
internal sealed class ScalarTag(ValueKind kind)
{
    public static readonly ScalarTag Bool = new(ValueKind.Bool);
    public static readonly ScalarTag Long = new(ValueKind.Long);
    public static readonly ScalarTag Decimal = new(ValueKind.Decimal);
    public static readonly ScalarTag DateTime = new(ValueKind.DateTime);
    public static readonly ScalarTag Duration = new(ValueKind.Duration);

    public ValueKind Kind { get; } = kind;
}
