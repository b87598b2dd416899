using System.Net;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Protocols.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

public sealed class ConnectingTests
{
    private const string Invoke = "/invoke/Greeter/greet";

    [Fact]
    public async Task The_handshake_says_whose_it_is()
    {
        await using var server = await TestTunnelServer.StartAsync();
        await using var tunnel = RunningTunnel.Start(server);

        await server.NextAsync();

        Assert.Equal("Bearer a-token", server.Hello!.Authorization);
        Assert.Equal(("env_1", "laptop", true), (server.Hello.EnvironmentId, server.Hello.TunnelName, server.Hello.SupportsDrain));
    }

    [Fact]
    public async Task A_refusal_ends_it_with_the_servers_sentence()
    {
        await using var server = await TestTunnelServer.StartAsync();
        server.Decide = _ => [(TunnelProtocol.StatusTrailer, "Not on Sundays.")];
        await using var tunnel = RunningTunnel.Start(server);

        Assert.Equal("Not on Sundays.", (await Assert.ThrowsAsync<CommandException>(() => tunnel.Ended)).Message);
    }

    [Fact]
    public async Task A_server_that_cannot_decide_now_is_asked_again()
    {
        await using var server = await TestTunnelServer.StartAsync();
        var decide = server.Decide;
        server.Decide = _ =>
        {
            server.Decide = decide;
            return [(TunnelProtocol.StatusTrailer, "Not now."), (TunnelProtocol.RetryTrailer, "true")];
        };
        await using var tunnel = RunningTunnel.Start(server);

        await server.NextAsync();
        await server.NextAsync();

        Assert.False(tunnel.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_opens_another_tunnel_is_left()
    {
        await using var server = await TestTunnelServer.StartAsync();
        server.Decide = _ => [(TunnelProtocol.StatusTrailer, TunnelProtocol.StatusOk), (TunnelProtocol.NameHeader, "another")];
        await using var tunnel = RunningTunnel.Start(server);

        Assert.Contains("'another'", (await Assert.ThrowsAsync<CommandException>(() => tunnel.Ended)).Message);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_hears_no_token()
    {
        await using var server = await TestTunnelServer.StartAsync();
        var other = LocalCertificate.Create(["localhost"], DateTimeOffset.UtcNow).Authority.ExportCertificatePem();
        await using var tunnel = RunningTunnel.Start(server, other);

        Assert.Contains("--ca FILE", (await Assert.ThrowsAsync<CommandException>(() => tunnel.Ended)).Message);
        Assert.Null(server.Hello);
    }

    [Fact]
    public async Task A_connection_that_the_server_closes_is_opened_again()
    {
        await using var server = await TestTunnelServer.StartAsync();
        await using var tunnel = RunningTunnel.Start(server);
        var first = await server.NextAsync();

        await first.CloseAsync(TestContext.Current.CancellationToken);

        await server.NextAsync();
    }

    [Fact]
    public async Task A_server_that_never_decides_is_given_up_and_tried_again()
    {
        await using var server = await TestTunnelServer.StartAsync();
        var decide = server.Decide;
        var handshakes = 0;
        server.Decide = hello => Interlocked.Increment(ref handshakes) == 1 ? null : decide(hello);
        await using var tunnel = RunningTunnel.Start(server);

        await server.NextAsync();

        Assert.Equal(2, handshakes);
    }

    [Fact]
    public async Task Draining_opens_another_connection_and_calls_finish_on_the_old_one()
    {
        await using var server = await TestTunnelServer.StartAsync();
        await using var tunnel = RunningTunnel.Start(server);
        var finish = new TaskCompletionSource();
        await using var service = await TestService.StartAsync(_ => finish.Task);
        var first = await server.NextAsync();
        var call = tunnel.CallAsync(first, $"/http/localhost/{service.Http2Port}{Invoke}", tunnel.Signer.Token(Invoke));
        await Eventually.HoldsAsync(() => service.Calls == 1, "the service is called");

        (await tunnel.CallAsync(first, TunnelProtocol.DrainPath, token: null)).Dispose();
        var second = await server.NextAsync();
        finish.SetResult();

        using var answer = await call;
        using var health = await tunnel.CallAsync(second, TunnelProtocol.HealthPath, token: null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, health.StatusCode));
    }

    [Fact]
    public async Task Calls_in_flight_finish_before_it_ends()
    {
        await using var server = await TestTunnelServer.StartAsync();
        await using var tunnel = RunningTunnel.Start(server);
        var finish = new TaskCompletionSource();
        await using var service = await TestService.StartAsync(async context =>
        {
            await finish.Task;
            await context.Response.WriteAsync("done");
        });
        var connection = await server.NextAsync();
        var call = tunnel.CallAsync(connection, $"/http/localhost/{service.Http2Port}{Invoke}", tunnel.Signer.Token(Invoke));
        await Eventually.HoldsAsync(() => service.Calls == 1, "the service is called");

        tunnel.Stop();
        await Eventually.HoldsAsync(() => tunnel.Activity.Notes.TryPeek(out _), "it says that it stops");
        finish.SetResult();

        Assert.Equal("done", await (await call).Content.ReadAsStringAsync());
        await Task.WhenAny(tunnel.Ended).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(tunnel.Ended.IsCanceled);
    }
}
