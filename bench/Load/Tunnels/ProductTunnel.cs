using System.Reflection;
using System.Text.RegularExpressions;
using RestateCloud.Load.Clouds;
using RestateCloud.Load.Proxies;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>
/// The product: the running cloud with an environment of tier FREE, <c>restate-cloud tunnel</c>, and between the two TLS with one connection.
/// </summary>
internal sealed partial class ProductTunnel : ITunnel
{
    private const string TunnelName = "load";

    private static readonly string Cli =
        typeof(ProductTunnel).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Cli").Value!;

    private readonly Cloud _cloud = new();
    private readonly Service _service;
    private EnvironmentDescription? _environment;
    private SignedIdentity? _identity;
    private ChildProcess? _client;

    private ProductTunnel(Service service) => _service = service;

    public string Name => "the tunnel";

    public IReadOnlyList<int> ProcessIds => [_cloud.ProcessId, _client!.Id];

    /// <summary>Signs calls as the environment whose tunnel it is.</summary>
    public SignedIdentity Identity => _identity!;

    public static async Task<ProductTunnel> StartAsync(Service service, CancellationToken cancellationToken)
    {
        var tunnel = new ProductTunnel(service);
        try
        {
            await tunnel.StartAsync(cancellationToken);
            return tunnel;
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }

    public Uri UrlOf(Wire wire, string path)
    {
        var id = _environment!.EnvironmentId["env_".Length..];
        return new Uri(_environment.ProxyBaseUrl, $"{id}/{TunnelName}/http/127.0.0.1/{_service.Port(wire)}/{path}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        if (_identity is not null) await _identity.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _cloud.StartAsync(cancellationToken);
        using var api = new ControlApi(_cloud.FirstRun);
        var account = await api.CreateAccountAsync("load");
        _environment = await api.ActiveEnvironmentAsync(account, await api.CreateEnvironmentAsync(account, "load"));
        _identity = await SignedIdentity.StartAsync(_environment, _cloud.FirstRun.AccessToken, cancellationToken);
        _client = ChildProcess.Start(
            "dotnet",
            [Cli, "tunnel", "--environment", _environment.EnvironmentId, "--tunnel-name", TunnelName, "--no-remote-ports"],
            environment: new Dictionary<string, string?> { ["RESTATE_CLI_CONFIG_HOME"] = _cloud.CliFolder, ["RESTATE_CLI_CONFIG"] = null, ["RESTATE_AUTH_TOKEN"] = null });
        await _client.OutputMatchesAsync(Connected(), TimeSpan.FromSeconds(30));
    }

    [GeneratedRegex("Connected to ")]
    private static partial Regex Connected();
}
