using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RestateCloud.Gateway.SignIn.Certificates;

/// <summary>A server certificate and the authority that signed it, made on this machine.</summary>
/// <param name="Server">The server's certificate with its private key.</param>
/// <param name="Authority">The authority's certificate; clients that trust it trust the server.</param>
internal sealed record LocalCertificate(X509Certificate2 Server, X509Certificate2 Authority)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    // Apple's limit for certificates of private authorities is 825 days.
    private const int LifetimeDays = 800;

    /// <summary>A new authority and a certificate by it. The authority's key is forgotten here, so that it can never sign anything else.</summary>
    public static LocalCertificate Create(IEnumerable<string> hostNames, DateTimeOffset now)
    {
        var (from, to) = (now.AddDays(-1), now.AddDays(LifetimeDays));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest($"CN=Restate Cloud on {Environment.MachineName}", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, critical: false));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Restate Cloud", serverKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(AlternativeNames(hostNames));
        using var server = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        return new LocalCertificate(server.CopyWithPrivateKey(serverKey), X509CertificateLoader.LoadCertificate(authority.RawData));
    }

    /// <summary>Whether it covers these host names for a month more.</summary>
    public bool Serves(IEnumerable<string> hostNames, DateTimeOffset now) =>
        now.AddDays(30) < Server.NotAfter.ToUniversalTime() && hostNames.All(name => Server.MatchesHostname(name.Replace("*.", "any.", StringComparison.Ordinal), allowCommonName: false));

    private static X509Extension AlternativeNames(IEnumerable<string> hostNames)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in hostNames) names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
