using System.Net;
using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>A service that speaks HTTP/1.1 and nothing else, registered with <c>--use-http1.1</c> through a tunnel.</summary>
public abstract class Http1ServiceTests(TunnelCloud cloud)
{
    protected const string Name = "http1";

    private const int Invocations = 50;
    private const int MiB = 1024 * 1024;

    protected TunnelCloud Cloud => cloud;

    private HttpClient Ingress => cloud.Environment.Ingress;

    [Fact]
    public async Task It_is_invoked_many_times_at_once_and_with_large_bodies()
    {
        await using var service = await NodeService.Http1WorkbenchAsync(cloud.Environment.Description.SigningPublicKey);
        await using var tunnel = await StartTunnelAsync();
        (await cloud.Cli.RunAsync("deployments", "register", "--yes", "--use-http1.1", "--tunnel-name", Name, service.Url.ToString())).Succeeded();

        var results = await Task.WhenAll(Enumerable.Range(0, Invocations).Select(number => Ingress.CallAsync<int>("Ledger/enter", new { number, rests = 1 })));
        Assert.Equal(Enumerable.Range(0, Invocations).Select(number => 2 * number), results);

        var bytes = new byte[10 * MiB];
        Random.Shared.NextBytes(bytes);
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } };
        using var answer = await Ingress.PostAsync("Ledger/carry", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var carried = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(carried));
    }

    protected abstract Task<ChildProcess> StartTunnelAsync();
}

/// <summary>Through <c>restate-cloud tunnel</c>.</summary>
public sealed class ProductHttp1ServiceTests(LocalTunnelCloud cloud) : Http1ServiceTests(cloud), IClassFixture<LocalTunnelCloud>
{
    protected override Task<ChildProcess> StartTunnelAsync() => new ProductCli(Cloud.Cli).TunnelAsync(Name);
}

/// <summary>Through the official client.</summary>
public sealed partial class OfficialHttp1ServiceTests(TunnelCloud cloud) : Http1ServiceTests(cloud), IClassFixture<TunnelCloud>
{
    protected override async Task<ChildProcess> StartTunnelAsync()
    {
        var client = Cloud.Cli.Tunnel(Name, Cloud.Dns.Address, Cloud.AuthorityFile);
        await client.OutputMatchesAsync(Connected(), TimeSpan.FromSeconds(60));
        return client;
    }

    [GeneratedRegex(@"\(1/1 connected\)")]
    private static partial Regex Connected();
}
