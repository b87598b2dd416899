namespace RestateCloud.Gateway.SignIn.Certificates;

/// <summary>
/// The https port for sign-in by browsers sent by CLI 1.6, which takes no other. Configuration section <c>Https</c>; there is no such port
/// unless <see cref="Port"/> is set.
/// </summary>
public sealed class HttpsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Https";

    /// <summary>The TCP port, also set by <c>Ports:Https</c>; 0 means any that is free.</summary>
    public int? Port { get; set; }

    /// <summary>A PEM file with the certificate and what leads to its authority, or null for a certificate made here.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The PEM file with its private key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Where the certificate made here is kept; set by the composition.</summary>
    public string Folder { get; set; } = ".data/https";

    /// <summary>The host names that it is made for; 127.0.0.1 and ::1 come on top.</summary>
    public string[] HostNames { get; set; } = ["localhost"];
}
