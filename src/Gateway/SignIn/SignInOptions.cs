using System.ComponentModel.DataAnnotations;

namespace RestateCloud.Gateway.SignIn;

/// <summary>Settings of sign-in; configuration section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SignIn";

    /// <summary>The OAuth client id of the command-line tools; public, as is everything they hold.</summary>
    [Required]
    public string ClientId { get; set; } = "restate-cli";

    /// <summary>The https URL that browsers reach the sign-in pages under, where it is not this process's own https port.</summary>
    [Url]
    public string? LoginBaseUrl { get; set; }

    /// <summary>The ports on which CLI 1.0 to 1.6 wait for the browser to come back.</summary>
    public int[] RedirectPorts { get; set; } = [33912, 44643, 47576, 54788, 61844];

    /// <summary>Seconds that an authorization code can be redeemed for.</summary>
    [Range(1, 60)]
    public int CodeSeconds { get; set; } = 60;

    /// <summary>Seconds that a device waits for its user.</summary>
    [Range(1, 1800)]
    public int DeviceSeconds { get; set; } = 600;

    /// <summary>Seconds that a device leaves between two questions.</summary>
    [Range(1, 60)]
    public int DeviceIntervalSeconds { get; set; } = 5;

    /// <summary>Attempts to sign in to one address of a user, right or wrong, in a quarter of an hour.</summary>
    [Range(1, 1000)]
    public int AttemptsPerUser { get; set; } = 10;

    /// <summary>Attempts to sign in, and devices begun, from one network address in a quarter of an hour.</summary>
    [Range(1, 100_000)]
    public int AttemptsPerAddress { get; set; } = 100;
}
