using System.Net.Http.Json;
using System.Text.RegularExpressions;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.EndToEnd.Tests.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Tunnels;

/// <summary>
/// The official CLI's tunnel is connected to two gateways, from a laptop that nobody reaches but through it; the environment's calls enter at
/// a third.
/// </summary>
public sealed class CrossingTests : IAsyncLifetime
{
    private const string Name = "laptop";
    private const string Opened = $"A client has opened a connection of tunnel {Name}";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private TestCluster _cluster = null!;
    private Tenant _tenant = null!;
    private Laptop _laptop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private GatewayMember First => _cluster.Gateways[0];

    private GatewayMember Second => _cluster.Gateways[1];

    private GatewayMember Entry => _cluster.Gateways[2];

    public async ValueTask InitializeAsync()
    {
        // Resolvers answer names below localhost themselves.
        _cluster = await TestCluster.StartAsync(
            silos: 1, gateways: 3, ["--Domain=cloud.example", .. _authority.CrossingSettings().Select(setting => $"--{setting.Key}={setting.Value}")]);
        _tenant = await Tenant.CreateAsync(Entry);
        _laptop = await Laptop.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _laptop.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Calls_enter_at_a_gateway_that_holds_no_tunnel_and_go_on_when_one_that_does_is_killed()
    {
        var (first, second) = (await DescribeAsync(First), await DescribeAsync(Second));
        foreach (var port in (int[])[Entry.Api.Port, first.TunnelBaseUrl.Port, second.TunnelBaseUrl.Port]) _laptop.LetThrough(port);
        using var dns = DnsServer.Start(_laptop, first.TunnelSrv, first.TunnelBaseUrl.Port, second.TunnelBaseUrl.Port);
        await using var service = await NodeService.WorkbenchAsync(_laptop, first.SigningPublicKey);
        using var cli = await OfficialCli.CreateAsync("1.7.12", Entry.Api, _tenant.AccessToken);
        (await cli.AnswerAsync([("name", "mine")], "cloud", "env", "configure", $"{_tenant.Account}/{first.EnvironmentId}")).Succeeded();
        await using var tunnel = await OpenAsync(cli, "(2/2 connected)");
        await RegisterAsync(service);
        Assert.Equal(42, await CallAsync<int>("Bench/double", 21));

        // Steps, timers and calls that the handler waits for: the stream goes both ways, in turn, through either gateway.
        var meanwhile = Enumerable.Range(1, 10).Select(number => CallAsync<long>("Ledger/enter", new { number, rests = 5 })).ToArray();
        await First.KillAsync();
        // A socket that dies with bytes unread is reset, and a reset ends the official client.
        await using var again = tunnel.HasExited ? await OpenAsync(cli, "(1/2 connected)") : null;

        Assert.Equal(Enumerable.Range(1, 10).Select(number => 2L * number), await Task.WhenAll(meanwhile).WaitAsync(Limit, Cancellation));
        for (var i = 0; i < 10; i++) Assert.Equal(42, await CallAsync<int>("Bench/double", 21).WaitAsync(Limit, Cancellation));
        Assert.DoesNotContain(Opened, Entry.Output);
    }

    private async Task<ChildProcess> OpenAsync(OfficialCli cli, string shown)
    {
        var tunnel = cli.Tunnel(_laptop, await AuthoritiesAsync(), "--no-remote-ports", "--tunnel-name", Name);
        await tunnel.OutputMatchesAsync(new Regex(Regex.Escape(shown)), Limit);
        return tunnel;
    }

    private async Task<EnvironmentDescription> DescribeAsync(GatewayMember gateway)
    {
        using var api = _tenant.Api(gateway);
        return await api.ActiveEnvironmentAsync(_tenant.Account, _tenant.Environment.EnvironmentId);
    }

    /// <summary>What the CLI registers, at the gateway where the calls are to enter.</summary>
    private async Task RegisterAsync(NodeService service)
    {
        var bare = _tenant.Environment.EnvironmentId["env_".Length..];
        using var admin = _tenant.Admin(Entry);
        var uri = new Uri(Entry.FirstRun.ProxyBaseUrl, $"/{bare}/{Name}/http/127.0.0.1/{service.Url.Port}");
        using var answer = await admin.PostAsJsonAsync("deployments", new { uri });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<T> CallAsync<T>(string handler, object argument)
    {
        using var ingress = _tenant.Ingress(Entry);
        using var answer = await ingress.PostAsJsonAsync(handler, argument, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<T>(Cancellation))!;
    }

    /// <summary>What the tunnels' ports show themselves with: each gateway has made its own.</summary>
    private async Task<string> AuthoritiesAsync()
    {
        var file = _folder.File("authorities.pem");
        await File.WriteAllLinesAsync(file, new[] { First, Second }.Select(gateway => File.ReadAllText(gateway.TunnelAuthorityFile)), Cancellation);
        return file;
    }
}
