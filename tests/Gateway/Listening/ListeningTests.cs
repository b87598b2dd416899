using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Listening;

public sealed class ListeningTests(SharedCloud shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ILoopbackListeners Loopback => shared.Cloud.Services.GetRequiredService<ILoopbackListeners>();

    [Fact]
    public async Task A_request_that_comes_byte_by_byte_is_served()
    {
        using var connection = await RawConnection.OpenAsync(shared.Cloud.Ports.Api);

        foreach (var letter in "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") await connection.SendAsync(letter.ToString());

        Assert.Equal(200, RawConnection.StatusOf(await connection.ReadToEndAsync()));
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task An_http2_preface_that_comes_byte_by_byte_is_answered_in_http2(string preface)
    {
        using var connection = await RawConnection.OpenAsync(shared.Cloud.Ports.Ingress);

        foreach (var letter in preface) await connection.SendAsync(letter.ToString());
        // An empty SETTINGS frame, then a frame that is too large: the server has to say goodbye.
        await connection.SendAsync("\0\0\0\x04\0\0\0\0\0" + "\xff\xff\xff\0\0\0\0\0\x01");
        var answer = await connection.ReadToEndAsync();

        Assert.Equal('\x04', answer[3]);
        Assert.Contains("\x07\0\0\0\0\0", answer);
    }

    [Theory]
    [InlineData("PRI * HTTP/1.1\r\nhost: x\r\n\r\n")]
    [InlineData("PRI * HTTP/2.1\r\n\r\n")]
    [InlineData("PRIX / HTTP/1.1\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n")]
    public async Task What_is_neither_protocol_is_turned_away(string bytes)
    {
        using var connection = await RawConnection.OpenAsync(shared.Cloud.Ports.Ingress);
        await connection.SendAsync(bytes + "\r\n\r\n");

        Assert.True(RawConnection.StatusOf(await connection.ReadToEndAsync()) is 0 or >= 400);
    }

    [Fact]
    public async Task Connections_that_say_nothing_do_not_keep_others_out()
    {
        var silent = new List<RawConnection>();
        for (var i = 0; i < 300; i++) silent.Add(await RawConnection.OpenAsync(shared.Cloud.Ports.Api));
        using var client = Clients.To(shared.Cloud.Ports.Api, null);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz", Cancellation)).StatusCode);
        silent.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_setting()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<PortInUseException>(() => TestCloud.StartAsync(settings: new() { ["Ports:Admin"] = $"{port}" }));

        Assert.Contains($"127.0.0.1:{port} for Admin", exception.Message);
        Assert.Contains("Ports:Admin", exception.Message);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        var address = Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        if (address is null) Assert.Skip("This machine has no other address.");
        var environment = await shared.CreateEnvironmentAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        foreach (var port in new[] { shared.Cloud.Ports.Api, shared.Cloud.Ports.Ingress, environment.Own.Ingress })
        {
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address, port));
        }
    }

    [Fact]
    public async Task An_environments_ports_are_the_same_when_asked_again_and_when_opened_again()
    {
        var id = ResourceId.New(ResourceId.Environment);
        var first = await Loopback.ListenAsync(id, null, Cancellation);

        Assert.Equal(first, await Loopback.ListenAsync(id, null, Cancellation));
        await Loopback.CloseAsync(id, Cancellation);
        Assert.Equal(first, await Loopback.ListenAsync(id, first, Cancellation));
        await Loopback.CloseAsync(id, Cancellation);
    }

    [Fact]
    public async Task Where_its_previous_ports_are_taken_an_environment_gets_others()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var id = ResourceId.New(ResourceId.Environment);

        var ports = await Loopback.ListenAsync(id, new LoopbackPorts(port, port), Cancellation);

        Assert.NotNull(ports);
        Assert.DoesNotContain(port, new[] { ports.Ingress, ports.Admin });
        await Loopback.CloseAsync(id, Cancellation);
    }

    [Fact]
    public async Task Closing_a_port_lets_what_is_in_flight_finish_and_ends_idle_connections()
    {
        var echo = new EchoUpstream();
        await using var upstream = await TestUpstream.StartAsync(echo.HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var client = environment.Client(key);
        using var idle = await RawConnection.OpenAsync(environment.Own.Ingress);
        await idle.SendAsync($"GET /Greeter/greet HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\r\n");
        var poll = client.GetStringAsync("/Greeter/hold", Cancellation);
        await Eventually.HoldsAsync(() => echo.Holding == 1 && echo.Targets.Count == 2, "both have arrived");

        await cloud.Services.GetRequiredService<ILoopbackListeners>().CloseAsync(environment.Id, Cancellation);

        Assert.StartsWith("HTTP/1.1 200", await idle.ReadToEndAsync());
        await Assert.ThrowsAsync<SocketException>(() => RawConnection.OpenAsync(environment.Own.Ingress));
        echo.Release();
        Assert.Equal("released", await poll);
    }

    [Fact]
    public async Task Without_ports_of_their_own_environments_are_reached_by_host_name()
    {
        await using var cloud = await TestCloud.StartAsync(settings: new() { ["EnvironmentPorts"] = "false" });
        var id = ResourceId.New(ResourceId.Environment);

        Assert.Null(await cloud.Services.GetRequiredService<ILoopbackListeners>().ListenAsync(id, null, Cancellation));
    }

    [Fact]
    public async Task The_control_api_is_not_to_be_found_on_the_ports_of_tenants()
    {
        var environment = await shared.CreateEnvironmentAsync();
        foreach (var port in new[] { shared.Cloud.Ports.Ingress, shared.Cloud.Ports.Admin, environment.Own.Ingress, environment.Own.Admin })
        {
            using var client = Clients.To(port, null);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/healthz", Cancellation)).StatusCode);
        }

        using var proxy = Clients.To(shared.Cloud.Ports.TunnelProxy, null);
        Assert.Equal(HttpStatusCode.NotFound, (await proxy.GetAsync("/healthz", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task It_is_alive_and_ready()
    {
        using var client = Clients.To(shared.Cloud.Ports.Api, null);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/readyz", Cancellation)).StatusCode);
    }
}
