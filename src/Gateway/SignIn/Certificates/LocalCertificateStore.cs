using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Gateway.SignIn.Certificates;

/// <summary>Keeps the certificate made here over restarts, so that clients that trust it once go on trusting it. The key is kept encrypted.</summary>
internal sealed class LocalCertificateStore(string folder, ISecretProtector protector, TimeProvider time)
{
    private const string Purpose = "https/private-key";

    private readonly string _serverFile = Path.Combine(folder, "server.pem");
    private readonly string _keyFile = Path.Combine(folder, "server.key.protected");

    /// <summary>The authority's certificate, for <c>SSL_CERT_FILE</c>.</summary>
    public string AuthorityFile { get; } = Path.GetFullPath(Path.Combine(folder, "authority.pem"));

    /// <summary>The certificate that is kept, or a new one where that is missing, damaged, about to expire or for other host names.</summary>
    public X509Certificate2 LoadOrCreate(string[] hostNames)
    {
        var now = time.GetUtcNow();
        if (Load() is { } kept && kept.Serves(hostNames, now)) return kept.Server;

        var created = LocalCertificate.Create(hostNames, now);
        Save(created);
        return created.Server;
    }

    private LocalCertificate? Load()
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(_serverFile);
            using var key = ECDsa.Create();
            key.ImportFromPem(protector.Unprotect(Purpose, File.ReadAllText(_keyFile)));
            return new LocalCertificate(certificate.CopyWithPrivateKey(key), X509CertificateLoader.LoadCertificateFromFile(AuthorityFile));
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    // The server's certificate comes last: until it is there, the rest is made anew.
    private void Save(LocalCertificate certificate)
    {
        Directory.CreateDirectory(folder);
        using var key = certificate.Server.GetECDsaPrivateKey()!;
        File.Delete(_serverFile);
        Write(_keyFile, protector.Protect(Purpose, key.ExportPkcs8PrivateKeyPem()));
        Write(AuthorityFile, certificate.Authority.ExportCertificatePem());
        Write(_serverFile, certificate.Server.ExportCertificatePem());
    }

    private static void Write(string path, string text)
    {
        var temporary = $"{path}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
