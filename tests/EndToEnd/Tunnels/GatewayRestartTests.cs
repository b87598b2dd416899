using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The cloud goes and comes while <c>restate-cloud tunnel</c> stays.</summary>
public sealed class GatewayRestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_client_connects_again_and_calls_go_on(bool killed)
    {
        await using var cloud = new LocalTunnelCloud();
        await cloud.InitializeAsync();
        await using var tunnel = await new ProductCli(cloud.Cli).TunnelAsync("staying");
        (await cloud.Cli.RunAsync("deployments", "register", "--yes", "--tunnel-name", "staying", cloud.Service.Url.ToString())).Succeeded();
        var before = tunnel.Output.Length;

        if (killed) await cloud.Cloud.KillAsync();
        else Assert.Equal(0, await cloud.Cloud.StopAsync());
        var description = cloud.Environment.Description;
        await cloud.Cloud.StartAgainAsync($"--Ports:Tunnel={description.TunnelBaseUrl.Port}", $"--Ports:TunnelProxy={new Uri(description.ProxyBaseUrl).Port}");

        await tunnel.OutputMatchesAsync(ProductCli.Connected(), TimeSpan.FromSeconds(30), before);
        Assert.Contains("Ada", await cloud.Environment.Ingress.CallAsync<string>("Greeter/greet", "Ada"));
        Assert.False(tunnel.HasExited);
    }
}
