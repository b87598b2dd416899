using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RestateCloud.TestSupport;

/// <summary>An authority for gateways at 127.0.0.1.</summary>
public sealed class GatewayAuthority : IDisposable
{
    public const string Server = "1.3.6.1.5.5.7.3.1";
    public const string Client = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public GatewayAuthority()
    {
        var request = new CertificateRequest("CN=Gateways", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>The settings of a gateway that has a certificate of this authority.</summary>
    public Dictionary<string, string?> Settings()
    {
        var name = Guid.NewGuid().ToString("n");
        using var certificate = Issue();
        using var key = certificate.GetECDsaPrivateKey()!;
        return new()
        {
            ["Ports:Crossing"] = "0",
            ["Tunnels:Crossing:Address"] = "127.0.0.1",
            ["Tunnels:Crossing:CertificateFile"] = Write($"{name}.pem", certificate.ExportCertificatePem()),
            ["Tunnels:Crossing:KeyFile"] = Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()),
            ["Tunnels:Crossing:AuthorityFile"] = Write("authority.pem", _certificate.ExportCertificatePem()),
        };
    }

    /// <summary>A certificate with its key.</summary>
    /// <param name="purposes">What it is good for; server and client unless given.</param>
    public X509Certificate2 Issue(params string[] purposes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        OidCollection uses = [];
        foreach (var purpose in purposes is [] ? [Server, Client] : purposes) uses.Add(new Oid(purpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        using var certificate = request.Create(_certificate, _certificate.NotBefore, _certificate.NotAfter, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
