namespace RestateCloud.Load.Reports;

/// <summary>Measurements of one thing.</summary>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Least => _sorted[0];

    public double Median => _sorted.Length % 2 == 1 ? _sorted[_sorted.Length / 2] : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    public double Greatest => _sorted[^1];

    public static Samples OfSeconds(IEnumerable<TimeSpan> times) => new(times.Select(time => time.TotalSeconds));

    /// <summary>The least value that this share of all, 0 to 1, does not exceed.</summary>
    public double Percentile(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];
}
