using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tunnels;
using RestateCloud.TestSupport;
using static RestateCloud.Gateway.Tests.Tunnels.Attacks.FrameConnection;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>Clients that connect to the tunnel server to hold connections, before anybody knows whose they are.</summary>
public sealed class SlowHandshakeTests : IAsyncLifetime
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    [Fact]
    public async Task A_client_that_stops_at_any_point_of_the_handshake_is_cut_off_in_time()
    {
        await using var cloud = await TestCloud.StartAsync();
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();

        await Task.WhenAll(
            IsCutOffAsync(cloud, _ => Task.CompletedTask),
            IsCutOffAsync(cloud, connection => HostileTunnel.GreetAsync(connection)),
            IsCutOffAsync(cloud, async connection =>
            {
                await HostileTunnel.GreetAsync(connection);
                await connection.SendAsync(Headers, 0, HostileTunnel.HandshakeStream, HostileTunnel.AnswerOf());
            }),
            // It is told that the tunnel is open, but does not end its answer.
            IsCutOffAsync(cloud, connection => HostileTunnel.IntroduceAsync(connection, environment, "slow")));
    }

    [Fact]
    public async Task A_client_that_does_not_finish_tls_is_cut_off_in_time()
    {
        await using var cloud = await TestCloud.StartAsync(settings: new() { ["Tunnels:Plain"] = "false", ["Tunnels:Folder"] = _folder.Path });

        await Task.WhenAll(
            IsCutOffAsync(cloud, _ => Task.CompletedTask),
            // The beginning of a ClientHello of 512 bytes.
            IsCutOffAsync(cloud, connection => connection.SendAsync((byte[])[22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]).AsTask()));
    }

    [Fact]
    public async Task A_client_that_says_nothing_of_itself_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var connection = FrameConnection.Open(cloud.Ports.Tunnel);
        await HostileTunnel.GreetAsync(connection);

        await connection.SendAsync(Headers, EndHeaders | EndStream, HostileTunnel.HandshakeStream, HostileTunnel.AnswerOf());

        var (flags, _, trailers) = await connection.ReadAsync(Headers, HostileTunnel.HandshakeStream);
        Assert.Equal(EndHeaders | EndStream, flags);
        Assert.Contains("missing", HeaderBlock.Decode(trailers)["tunnel-status"]);
    }

    [Fact]
    public async Task A_flood_of_one_address_harms_no_other_address_and_no_open_tunnel()
    {
        await using var cloud = await TestCloud.StartAsync();
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var caller = await Caller.OfAsync(environment);
        await using var open = await TestTunnelClient.StartAsync(
            cloud.Ports.Tunnel, await environment.KeyAsync(), environment.Id, "open", context => context.Response.WriteAsync("served"));
        Assert.Equal("ok", (await open.Trailers)["tunnel-status"]);
        var flood = Enumerable.Range(0, TunnelLimits.HandshakesPerAddress + 1).Select(_ => FrameConnection.Open(cloud.Ports.Tunnel)).ToList();
        var ended = flood.Select(connection => connection.EndedAsync(TunnelLimits.HandshakeTime + Slack)).ToList();

        await await Task.WhenAny(ended);
        using (await HostileTunnel.OpenAsync(environment, "elsewhere", from: IPAddress.Parse("127.0.0.2")))
        {
            using var answer = await caller.CallAsync("open");
            Assert.Equal("served", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        // Whoever is let in hears the preface; which of them is one too many is for the threads to decide.
        Assert.Single(await Task.WhenAll(ended), received => received == 0);
        using (await HostileTunnel.OpenAsync(environment, "after"))
        {
            Assert.True(open.IsOpen);
        }

        flood.ForEach(connection => connection.Dispose());
    }

    private static async Task IsCutOffAsync(TestCloud cloud, Func<FrameConnection, Task> begin)
    {
        using var connection = FrameConnection.Open(cloud.Ports.Tunnel);
        await begin(connection);
        await connection.EndedAsync(TunnelLimits.HandshakeTime + Slack);
    }
}
