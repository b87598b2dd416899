using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The services of <c>workbench.ts</c>, registered through an official client's tunnel, each part of which can be killed.</summary>
public sealed partial class TunneledWorkbench : IAsyncLifetime
{
    /// <summary>What the cloud logs for each connection of a tunnel.</summary>
    public const string Opened = "A client has opened a connection of tunnel";

    private const string Name = "workbench";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly TunnelCloud _cloud = new();
    private NodeService? _service;
    private ChildProcess? _client;

    public TenantEnvironment Environment => _cloud.Environment;

    public Cloud Cloud => _cloud.Cloud;

    public NodeService Service => _service!;

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _service = await NodeService.WorkbenchAsync(Environment.Description.SigningPublicKey);
        await StartClientAsync();
        (await _cloud.Cli.RunAsync("deployments", "register", "--yes", "--tunnel-name", Name, Service.Url.ToString())).Succeeded();
    }

    /// <summary>SIGKILL to the tunnel's client, and a new one.</summary>
    public async Task RestartClientAsync()
    {
        await _client!.DisposeAsync();
        await StartClientAsync();
    }

    /// <summary>SIGKILL to the cloud, and a new one on the ports that DNS and the deployment name; the client comes back by itself.</summary>
    public async Task RestartCloudAsync()
    {
        var description = Environment.Description;
        await Cloud.KillAsync();
        await Cloud.StartAgainAsync(
            "--Domain=cloud.example",
            $"--Ports:Api={Cloud.FirstRun.ApiBaseUrl.Port}",
            $"--Ports:Tunnel={description.TunnelBaseUrl.Port}",
            $"--Ports:TunnelProxy={new Uri(description.ProxyBaseUrl).Port}");
        await Eventually.HoldsAsync(
            () => _client!.HasExited || Cloud.Output.Contains(Opened, StringComparison.Ordinal), "the client has dialled again", TimeSpan.FromSeconds(60));
        // A socket that dies with bytes unread is reset, and a reset ends the official client.
        if (_client!.HasExited) await RestartClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private async Task StartClientAsync()
    {
        _client = _cloud.Cli.Tunnel(Name, _cloud.Dns.Address, _cloud.AuthorityFile);
        await _client.OutputMatchesAsync(Connected(), Soon);
    }

    [GeneratedRegex(@"\(1/1 connected\)")]
    private static partial Regex Connected();
}
