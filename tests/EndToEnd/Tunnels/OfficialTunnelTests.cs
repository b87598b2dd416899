using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Invocations;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The official CLI's tunnel, from the SRV record on.</summary>
public sealed partial class OfficialTunnelTests(TunnelCloud cloud) : IClassFixture<TunnelCloud>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_service_behind_a_tunnel_is_registered_and_invoked()
    {
        await using var tunnel = cloud.Cli.Tunnel("laptop", cloud.Dns.Address, cloud.AuthorityFile);
        await tunnel.OutputMatchesAsync(Connected(), Soon);

        (await cloud.Cli.RunAsync("deployments", "register", "--yes", "--tunnel-name", "laptop", cloud.Service.Url.ToString())).Succeeded();

        var greeting = await cloud.Environment.Ingress.CallAsync<string>("Greeter/greet", "Ada");

        Assert.Contains("Ada", greeting);
        var deployment = Assert.Single(await cloud.Environment.QueryAsync("select endpoint from sys_deployment"));
        Assert.Contains($"/{cloud.Environment.Id["env_".Length..]}/laptop/http/{cloud.Service.Url.Host}/{cloud.Service.Url.Port}", deployment.GetProperty("endpoint").GetString());
    }

    [GeneratedRegex(@"\(1/1 connected\)")]
    private static partial Regex Connected();
}
