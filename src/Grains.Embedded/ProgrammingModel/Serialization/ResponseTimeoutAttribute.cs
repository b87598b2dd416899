using System.Globalization;

namespace Orleans;

/// <summary>How long a caller of this method waits, instead of the host's response timeout.</summary>
/// <param name="timeout">A time span such as "00:05:00".</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The wait.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
