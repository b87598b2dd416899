using System.ComponentModel.DataAnnotations;

namespace RestateCloud.Gateway.ControlApi;

/// <summary>Settings of the control API; configuration section <c>ControlApi</c>.</summary>
public sealed class ControlApiOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "ControlApi";

    /// <summary>Requests a second that one user may make in the long run.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Requests that one user may make at once before <see cref="RequestsPerSecond"/> applies.</summary>
    [Range(1, 100_000)]
    public int RequestBurst { get; set; } = 200;
}
