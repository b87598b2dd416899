using System.ComponentModel.DataAnnotations;

namespace RestateCloud.Grains.Environments;

/// <summary>How environments sign their calls; configuration section <c>RequestIdentity</c>.</summary>
public sealed class RequestIdentityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "RequestIdentity";

    /// <summary>
    /// How long a key is still accepted after its successor was seen in use: 1 s to 1 day. A call is signed for one minute from its start
    /// (observed with restate-server 1.7.12); as much again is for clocks that differ.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(2);
}
