namespace RestateCloud.Grains.Regions;

/// <summary>The regions of this cloud; configuration section <c>Regions</c>.</summary>
public sealed class RegionOptions
{
    /// <summary>The region of an environment that names none.</summary>
    public string Default { get; set; } = "local";

    /// <summary>The other regions on offer; each name is a host name label.</summary>
    public IReadOnlyList<string> Others { get; set; } = [];

    /// <summary>Every region, the default first.</summary>
    public IEnumerable<string> All => Others.Prepend(Default).Distinct(StringComparer.Ordinal);
}
