using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace RestateCloud.Grains.Cluster.Security;

/// <summary>Lets nobody in who does not show a certificate of the cluster's authority, and trusts nobody else.</summary>
internal sealed class MutualTls
{
    // Sent in the clear as the name of the server; nobody compares it with anything.
    private const string ServerName = "restate-cloud";

    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _authorities;

    private MutualTls(X509Certificate2 own, X509Certificate2Collection authorities) => (_own, _authorities) = (own, authorities);

    /// <summary>Reads the files, or gives null where TLS is not configured.</summary>
    /// <exception cref="ClusterSettingsException">A file is missing, cannot be read or does not fit the others.</exception>
    public static MutualTls? Load(ClusterTlsOptions options)
    {
        (string Name, string Value)[] files =
        [
            (nameof(options.CertificateFile), options.CertificateFile),
            (nameof(options.KeyFile), options.KeyFile),
            (nameof(options.AuthorityFile), options.AuthorityFile),
        ];
        if (files.All(file => file.Value.Length == 0)) return null;
        if (files.FirstOrDefault(file => file.Value.Length == 0) is { Name: { } missing })
            throw new ClusterSettingsException($"Cluster:Tls:{missing} is not set: TLS needs a certificate, its key and the authority that signs members.");

        try
        {
            var own = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.AuthorityFile);
            var tls = new MutualTls(own, authorities);
            using var chain = new X509Chain();
            return tls.Trusts(own, chain)
                ? tls
                : throw new ClusterSettingsException(
                    $"The certificate in {options.CertificateFile} is not one that the authority in {options.AuthorityFile} vouches for today.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ClusterSettingsException($"The files of Cluster:Tls cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Configures connections of either direction.</summary>
    public void Configure(TlsOptions tls)
    {
        tls.LocalCertificate = _own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, errors) =>
            chain is not null && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) && Trusts(certificate, chain);
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = ServerName;
    }

    // The chain as it comes from the handshake knows the peer's intermediate certificates and what the certificate is used for.
    private bool Trusts(X509Certificate2 certificate, X509Chain chain)
    {
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Clear();
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.NoFlag;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
