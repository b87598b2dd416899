using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using RestateCloud.Provisioning.Packages;

namespace RestateCloud.TestSupport;

/// <summary>Azurite from npm, which speaks as Azure Storage does, on loopback over a temporary folder; with as many accounts as tests need.</summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private const int Accounts = 200;

    private static readonly NpmPackage Package = new("azurite", "3.37.0", "azurite/dist/src/azurite.js");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new("rc-azurite-");
    private readonly string[] _keys = [.. Enumerable.Range(0, Accounts).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)))];
    private ChildProcess? _server;
    private string _blobs = "", _tables = "";
    private int _taken;

    /// <summary>What clients trust it with where it speaks TLS.</summary>
    public string CertificateFile => _folder.File("certificate.pem");

    public static Task<Azurite> StartAsync() => StartAsync([]);

    /// <summary>With TLS, and taking tokens of identities: it looks at all of a token but its signature.</summary>
    public static Task<Azurite> StartForIdentitiesAsync() => StartAsync(["--oauth", "basic"]);

    private static async Task<Azurite> StartAsync(string[] security)
    {
        var azurite = new Azurite();
        try
        {
            await azurite.StartServerAsync(security.Length == 0 ? [] : [.. security, .. azurite.MakeCertificate()]);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string of an account in which there is nothing.</summary>
    public string NewAccount()
    {
        var account = Interlocked.Increment(ref _taken) - 1;
        return $"DefaultEndpointsProtocol=http;AccountName={Name(account)};AccountKey={_keys[account]};"
            + $"BlobEndpoint={_blobs}/{Name(account)};TableEndpoint={_tables}/{Name(account)};";
    }

    /// <summary>The addresses of the services of an account in which there is nothing.</summary>
    public (Uri Blobs, Uri Tables) NewAccountUris()
    {
        var name = Name(Interlocked.Increment(ref _taken) - 1);
        return (new Uri($"{_blobs}/{name}"), new Uri($"{_tables}/{name}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"account{account}");

    private async Task StartServerAsync(string[] security)
    {
        var modules = await new PackageCache(PackageCache.DefaultFolder, new ConsoleFetchProgress()).FetchAsync(Package, CancellationToken.None);
        _server = ChildProcess.Start(
            "node",
            [
                Path.Combine(modules, Package.Program!), "--location", _folder.Path, "--silent", "--disableTelemetry",
                // The client may be newer than it; of what is used nothing has changed.
                "--skipApiVersionCheck",
                .. ((string[])["blob", "queue", "table"]).SelectMany(service => (string[])[$"--{service}Host", "127.0.0.1", $"--{service}Port", "0"]),
                .. security,
            ],
            environment: new Dictionary<string, string?>
            {
                ["AZURITE_ACCOUNTS"] = string.Join(';', _keys.Select((key, account) => $"{Name(account)}:{key}")),
            });
        _blobs = (await _server.OutputMatchesAsync(BlobsListen, Limit)).Groups[1].Value;
        _tables = (await _server.OutputMatchesAsync(TablesListen, Limit)).Groups[1].Value;
    }

    private string[] MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=azurite", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("certificate.key"), key.ExportPkcs8PrivateKeyPem());
        return ["--cert", CertificateFile, "--key", _folder.File("certificate.key")];
    }

    [GeneratedRegex(@"Blob service is successfully listening at (https?://127\.0\.0\.1:\d+)\s")]
    private static partial Regex BlobsListen { get; }

    [GeneratedRegex(@"Table service is successfully listening at (https?://127\.0\.0\.1:\d+)\s")]
    private static partial Regex TablesListen { get; }
}
