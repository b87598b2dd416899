using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RestateCloud.Protocols.Tls;

/// <summary>Certificates in PEM text.</summary>
public static class PemCertificates
{
    /// <summary>The first certificate with its key, and those that follow it, which peers are shown too.</summary>
    /// <exception cref="CryptographicException">They are none, or do not belong together.</exception>
    public static SslStreamCertificateContext Own(string certificates, string key)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(certificates, key);
            return SslStreamCertificateContext.Create(own, All(certificates), offline: true);
        }
        catch (ArgumentException exception)
        {
            // What a key of another kind is answered with.
            throw new CryptographicException(exception.Message, exception);
        }
    }

    /// <summary>Every certificate.</summary>
    /// <exception cref="CryptographicException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection All(string certificates)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificates);
        return all.Count > 0 ? all : throw new CryptographicException("There is no certificate in it.");
    }

    /// <summary>Trust in these authorities and in no other, whatever the machine trusts.</summary>
    public static X509ChainPolicy TrustIn(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A stranger's certificate may say where its issuer is to be had, and nobody is sent there.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
