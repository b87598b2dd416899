using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RestateCloud.TestSupport;

/// <summary>Signs certificates of members at 127.0.0.1, as an operator's tool would.</summary>
public sealed class TestAuthority : IDisposable
{
    public const string Server = "1.3.6.1.5.5.7.3.1";
    public const string Client = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new("rc-authority-");
    private readonly TestAuthority? _above;
    private readonly X509Certificate2 _certificate;

    /// <param name="above">Who signs its certificate, and is whom members trust; none: itself.</param>
    public TestAuthority(TestAuthority? above = null)
    {
        _above = above;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=authority {Guid.NewGuid():n}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(1));
        _certificate = above is null ? request.CreateSelfSigned(from, to) : Sign(request, key, above._certificate, from, above._certificate.NotAfter);
        File.WriteAllLines(OwnFile, [Pem]);
    }

    /// <summary>Its own certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    private string OwnFile => _folder.File("authority.pem");

    /// <summary>A certificate with its key.</summary>
    /// <param name="purposes">What it is good for; server and client unless given.</param>
    public X509Certificate2 Issue(params string[] purposes) => Issue(purposes, _certificate.NotAfter);

    /// <summary>One that was good until an hour ago.</summary>
    public X509Certificate2 IssueExpired() => Issue([], DateTimeOffset.UtcNow.AddHours(-1));

    /// <summary>Files of a member with a certificate of its own.</summary>
    public PemFiles NewFiles()
    {
        var name = Guid.NewGuid().ToString("n");
        var files = new PemFiles(_folder.File($"{name}.pem"), _folder.File($"{name}.key"), (_above ?? this).OwnFile);
        using var certificate = Issue();
        Write(certificate, files);
        return files;
    }

    /// <summary>Puts a certificate and its key into a member's files.</summary>
    public void Write(X509Certificate2 certificate, PemFiles files)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllLines(files.Certificate, _above is null ? [certificate.ExportCertificatePem()] : [certificate.ExportCertificatePem(), Pem]);
    }

    /// <summary>The settings of a gateway that others reach with a certificate of this authority.</summary>
    public Dictionary<string, string?> CrossingSettings() => new(NewFiles().Settings("Tunnels:Crossing"))
    {
        ["Ports:Crossing"] = "0",
        ["Tunnels:Crossing:Address"] = "127.0.0.1",
    };

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    private X509Certificate2 Issue(string[] purposes, DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        OidCollection uses = [];
        foreach (var purpose in purposes is [] ? [Server, Client] : purposes) uses.Add(new Oid(purpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        return Sign(request, key, _certificate, _certificate.NotBefore, end);
    }

    private static X509Certificate2 Sign(CertificateRequest request, ECDsa key, X509Certificate2 issuer, DateTimeOffset from, DateTimeOffset to)
    {
        using var certificate = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
