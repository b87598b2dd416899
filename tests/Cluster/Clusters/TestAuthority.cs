using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>Signs certificates of members, as an operator's tool would.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1", ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new("rc-authority-");
    private readonly X509Certificate2 _own;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(AuthorityFile, _own.ExportCertificatePem());
    }

    private string AuthorityFile => _folder.File("authority.pem");

    /// <summary>The settings of a member with a certificate of its own.</summary>
    public string[] NewMember()
    {
        var (certificate, key) = (_folder.File($"{Guid.NewGuid():N}.pem"), _folder.File($"{Guid.NewGuid():N}.key"));
        using var own = NewCertificate();
        File.WriteAllText(certificate, own.ExportCertificatePem());
        File.WriteAllText(key, own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return [$"--Cluster:Tls:CertificateFile={certificate}", $"--Cluster:Tls:KeyFile={key}", $"--Cluster:Tls:AuthorityFile={AuthorityFile}"];
    }

    public X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=member", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse), new Oid(ClientUse)], false));
        using var bare = request.Create(_own, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        _own.Dispose();
        _folder.Dispose();
    }
}
