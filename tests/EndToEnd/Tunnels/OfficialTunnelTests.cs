using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The official CLI's tunnel, from the SRV record on, on a laptop that nobody reaches but through it.</summary>
public sealed partial class OfficialTunnelTests(TunnelCloud cloud) : IClassFixture<TunnelCloud>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private EnvironmentDescription Description => cloud.Environment.Description;

    [Theory]
    [InlineData("1.7.12")]
    [InlineData("1.6.2")]
    public async Task A_service_on_a_laptop_is_registered_and_invoked(string version)
    {
        await using var laptop = await LaptopAsync();
        using var dns = DnsServer.Start(laptop, Description.TunnelSrv, Description.TunnelBaseUrl.Port);
        await using var service = await NodeService.WorkbenchAsync(laptop, Description.SigningPublicKey);
        using var cli = await cloud.ConfiguredCliAsync(version);
        var name = $"laptop-{version}";
        await using var tunnel = cli.Tunnel(laptop, cloud.AuthorityFile, "--tunnel-name", name);
        await tunnel.OutputMatchesAsync(Connected(), Soon);

        (await cli.RunAsync("deployments", "register", "--yes", "--force", "--tunnel-name", name, service.Url.ToString())).Succeeded();

        // A step, a timer and a call that the handler waits for: the stream goes both ways, in turn.
        var number = Random.Shared.Next();
        Assert.Equal(2L * number, await cloud.Environment.Ingress.CallAsync<long>("Ledger/enter", new { number, rests = 1 }));
        var deployments = await cloud.Environment.QueryAsync("select endpoint from sys_deployment");
        Assert.Contains(
            deployments,
            deployment => deployment.GetProperty("endpoint").GetString()!.Contains($"/{cloud.Environment.Id["env_".Length..]}/{name}/http/127.0.0.1/{service.Url.Port}"));
    }

    [Fact]
    public async Task The_environments_ports_are_on_the_laptop_in_both_protocols_and_ask_for_no_credential()
    {
        await cloud.Environment.RegisterAsync(cloud.Service);
        await using var laptop = await LaptopAsync();
        using var dns = DnsServer.Start(laptop, Description.TunnelSrv, Description.TunnelBaseUrl.Port);
        await using var tunnel = cloud.Cli.Tunnel(laptop, cloud.AuthorityFile, "--no-local", "--remote-port", "8080", "--remote-port", "9070");
        await tunnel.OutputMatchesAsync(RemotePorts(), Soon);

        foreach (var (protocol, version) in (IEnumerable<(string, string)>)[("--http1.1", "1.1"), ("--http2-prior-knowledge", "2")])
        {
            var greeting = await CurlAsync(laptop, protocol, "--json", "\"Ada\"", "http://127.0.0.1:8080/Greeter/greet");
            var deployments = await CurlAsync(laptop, protocol, "http://127.0.0.1:9070/deployments");

            Assert.Contains("Ada", greeting);
            Assert.EndsWith($"200 {version}", greeting);
            Assert.Contains("\"deployments\"", deployments);
            Assert.EndsWith($"200 {version}", deployments);
        }
    }

    private async Task<Laptop> LaptopAsync()
    {
        var laptop = await Laptop.CreateAsync();
        foreach (var url in (Uri[])[cloud.Cloud.FirstRun.ApiBaseUrl, Description.TunnelBaseUrl, Description.IngressBaseUrl, Description.AdminBaseUrl])
        {
            laptop.LetThrough(url.Port);
        }

        return laptop;
    }

    private static async Task<string> CurlAsync(Laptop laptop, params string[] arguments)
    {
        await using var curl = laptop.Start("curl", ["--silent", "--show-error", "--write-out", "\n%{http_code} %{http_version}", .. arguments]);
        Assert.True(await curl.ExitAsync(Soon) == 0, curl.Output);
        return curl.Output;
    }

    [GeneratedRegex(@"\(1/1 connected\)")]
    private static partial Regex Connected();

    [GeneratedRegex(@"9070")]
    private static partial Regex RemotePorts();
}
