namespace RestateCloud.Grains.Cluster;

/// <summary>
/// TLS among the members of a cluster, each showing the others a certificate; all of it or nothing. Files are PEM, and read again when they change.
/// </summary>
public sealed class ClusterTlsOptions
{
    /// <summary>This member's certificate, good for servers and clients, signed by the authority.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Its private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Whose certificates make a member. Names in them do not matter, so it must be an authority of this cluster alone. Several, one of which
    /// replaces the other, may be in the file.
    /// </summary>
    public string AuthorityFile { get; set; } = "";
}
