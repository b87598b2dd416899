using System.Globalization;
using System.Security.Cryptography;
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

    private Azurite()
    {
    }

    public static async Task<Azurite> StartAsync()
    {
        var azurite = new Azurite();
        try
        {
            await azurite.StartServerAsync();
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

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"account{account}");

    private async Task StartServerAsync()
    {
        var modules = await new PackageCache(PackageCache.DefaultFolder, new ConsoleFetchProgress()).FetchAsync(Package, CancellationToken.None);
        _server = ChildProcess.Start(
            "node",
            [
                Path.Combine(modules, Package.Program!), "--location", _folder.Path, "--silent", "--disableTelemetry",
                // The client may be newer than it; of what is used nothing has changed.
                "--skipApiVersionCheck",
                .. ((string[])["blob", "queue", "table"]).SelectMany(service => (string[])[$"--{service}Host", "127.0.0.1", $"--{service}Port", "0"]),
            ],
            environment: new Dictionary<string, string?>
            {
                ["AZURITE_ACCOUNTS"] = string.Join(';', _keys.Select((key, account) => $"{Name(account)}:{key}")),
            });
        _blobs = (await _server.OutputMatchesAsync(BlobsListen, Limit)).Groups[1].Value;
        _tables = (await _server.OutputMatchesAsync(TablesListen, Limit)).Groups[1].Value;
    }

    [GeneratedRegex(@"Blob service is successfully listening at (http://127\.0\.0\.1:\d+)\s")]
    private static partial Regex BlobsListen { get; }

    [GeneratedRegex(@"Table service is successfully listening at (http://127\.0\.0\.1:\d+)\s")]
    private static partial Regex TablesListen { get; }
}
