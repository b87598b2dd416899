using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>The environment's ports on a laptop, asked by curl.</summary>
public sealed partial class RemotePortTests(LocalTunnelCloud cloud) : IClassFixture<LocalTunnelCloud>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("--http1.1", "1.1")]
    [InlineData("--http2-prior-knowledge", "2")]
    public async Task Both_ports_take_both_protocols_and_no_credential(string protocol, string version)
    {
        await cloud.Environment.RegisterAsync(cloud.Service);
        await using var tunnel = new ProductCli(cloud.Cli).Start(null, "tunnel", "--no-local", "--remote-port", "0:8080", "-r", "0:9070");
        var ingress = (await tunnel.OutputMatchesAsync(Ingress(), Soon)).Groups[1].Value;
        var admin = (await tunnel.OutputMatchesAsync(Admin(), Soon)).Groups[1].Value;

        var greeting = await CurlAsync(protocol, "--json", "\"Ada\"", $"http://{ingress}/Greeter/greet");
        var deployments = await CurlAsync(protocol, $"http://{admin}/deployments");

        Assert.Contains("Ada", greeting);
        Assert.EndsWith($"200 {version}", greeting);
        Assert.Contains("\"deployments\"", deployments);
        Assert.EndsWith($"200 {version}", deployments);
        tunnel.Terminate();
        Assert.Equal(0, await tunnel.ExitAsync(Soon));
    }

    [Fact]
    public async Task A_web_page_gets_nothing_out_of_them()
    {
        await using var tunnel = new ProductCli(cloud.Cli).Start(null, "tunnel", "--no-local", "--remote-port", "0:9070");
        var admin = (await tunnel.OutputMatchesAsync(Admin(), Soon)).Groups[1].Value;

        Assert.EndsWith("403 1.1", await CurlAsync("--http1.1", "--header", "origin: https://evil.example", $"http://{admin}/deployments"));
        Assert.EndsWith("403 1.1", await CurlAsync("--http1.1", "--header", "host: rebound.example", $"http://{admin}/deployments"));
        Assert.EndsWith("200 1.1", await CurlAsync("--http1.1", "--header", "origin: http://localhost:9070", $"http://{admin}/deployments"));
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var output = (await new ProductCli(cloud.Cli).RunAsync(null, "tunnel", "--no-local", "--remote-port", $"{port}:8080")).Failed();

        Assert.Contains($"127.0.0.1:{port} is in use", output);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        await using var curl = ChildProcess.Start("curl", ["--silent", "--show-error", "--write-out", "\n%{http_code} %{http_version}", .. arguments]);
        Assert.Equal(0, await curl.ExitAsync(Soon));
        return curl.Output;
    }

    [GeneratedRegex(@"(127\.0\.0\.1:\d+) is the environment's ingress")]
    private static partial Regex Ingress();

    [GeneratedRegex(@"(127\.0\.0\.1:\d+) is the environment's admin API")]
    private static partial Regex Admin();
}
