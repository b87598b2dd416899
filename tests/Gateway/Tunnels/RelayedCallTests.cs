using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.TestSupport;
using static RestateCloud.Gateway.Tests.Tunnels.Attacks.FrameConnection;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Calls that are passed on frame by frame, as those are whose environment and tunnel are known at the gateway.</summary>
public sealed class RelayedCallTests(SharedCloud shared) : IAsyncLifetime
{
    private TestEnvironment _environment = null!;
    private Caller _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _environment = await shared.CreateEnvironmentAsync();
        _caller = await Caller.OfAsync(_environment);
    }

    public ValueTask DisposeAsync()
    {
        _caller.Dispose();
        return default;
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task An_answer_is_the_clients_and_nothing_is_added_to_it(string version)
    {
        using var caller = await CallerAsync(version);
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "laptop");
        var call = caller.CallAsync("laptop");
        var (_, stream, _) = await tunnel.ReadAsync(Headers);

        await tunnel.SendAsync(Headers, EndHeaders | EndStream, stream, HostileTunnel.AnswerOf(("x-name", "value")));

        using var answer = await call;
        // Kestrel would add the date.
        Assert.Equal("x-name", Assert.Single(answer.Headers).Key);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_call_is_counted_with_its_bodies_like_any_other(string version)
    {
        using var caller = await CallerAsync(version);
        var seen = new ConcurrentDictionary<string, long>();
        using var listener = Listen(seen);
        await using var tunnel = await OpenAsync("laptop", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("four");
        });

        using (await caller.CallAsync("laptop", new ByteArrayContent(new byte[1234])))
        {
        }

        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.requests 200") == 1, "the call is counted");
        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.request.bytes ") == 1234, "its body is counted");
        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.response.bytes ") == 4, "the answer is counted");
    }

    [Theory]
    [InlineData("/../../9081/discover")]
    [InlineData("/%2e%2e/discover")]
    [InlineData("/invoke%2fGreeter/greet")]
    [InlineData("/invoke//greet")]
    [InlineData("/invoke\\greet")]
    public async Task A_path_that_could_be_read_differently_is_refused_however_well_the_environment_is_known(string rest)
    {
        await using var tunnel = await OpenAsync("laptop", context => context.Response.WriteAsync("reached"));
        using var connection = await ConnectAsync();

        await connection.SendAsync(Headers, EndHeaders | EndStream, 1, RequestTo(_caller.PathTo("laptop").Replace("/invoke/Greeter/greet", rest, StringComparison.Ordinal)));

        var (_, _, answer) = await connection.ReadAsync(Headers, 1);
        Assert.Equal("400", HeaderBlock.Decode(answer)[":status"]);
    }

    [Fact]
    public async Task A_body_that_goes_on_after_its_end_reaches_nobody()
    {
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "laptop");
        using var connection = await ConnectAsync();
        await connection.SendAsync(Headers, EndHeaders, 1, RequestTo(_caller.PathTo("laptop"), ("content-length", "3")));
        await connection.SendAsync(Data, 0, 1, "abc"u8);
        var (_, stream, _) = await tunnel.ReadAsync(Headers);
        Assert.Equal("abc", Encoding.ASCII.GetString((await tunnel.ReadAsync(Data, stream)).Payload));

        await connection.SendAsync(Data, EndStream, 1, "GET /other"u8);

        Assert.Equal([0, 0, 0, 1], (await connection.ReadAsync(Reset, 1)).Payload);
        // Nothing else comes before it.
        Assert.Equal(Reset, (await tunnel.ReadAsync()).Type);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_call_that_the_last_client_does_not_take_is_to_be_tried_again(string version)
    {
        using var caller = await CallerAsync(version);
        using var leaving = await HostileTunnel.OpenAsync(_environment, "laptop");
        var call = caller.CallAsync("laptop");
        await leaving.ReadAsync(Headers);

        // The last stream that was looked at is the handshake's.
        await leaving.SendAsync(GoAway, 0, 0, [0, 0, 0, 1, 0, 0, 0, 0]);

        using var answer = await call;
        await ErrorAssert.IsAsync(answer, HttpStatusCode.ServiceUnavailable, "No client of the tunnel 'laptop' is connected");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_call_that_a_client_refuses_again_and_again_is_to_be_tried_again(string version)
    {
        using var caller = await CallerAsync(version);
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "laptop");
        var call = caller.CallAsync("laptop");
        for (var i = 0; i < 3; i++)
        {
            var (_, stream, _) = await tunnel.ReadAsync(Headers);
            // REFUSED_STREAM.
            await tunnel.SendAsync(Reset, 0, stream, [0, 0, 0, 7]);
        }

        await ErrorAssert.IsAsync(await call, HttpStatusCode.ServiceUnavailable, "did not take the call");
        var next = caller.CallAsync("laptop");
        var (_, taken, _) = await tunnel.ReadAsync(Headers);
        await tunnel.SendAsync(Headers, EndHeaders | EndStream, taken, HostileTunnel.AnswerOf());
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task Calls_beyond_what_a_client_takes_at_a_time_wait_for_their_turn()
    {
        const ushort MaximumConcurrentStreams = 3;
        using var tunnel = await HostileTunnel.OpenAsync(_environment, "laptop", Setting(MaximumConcurrentStreams, 1));
        List<Task<HttpResponseMessage>> calls = [.. Enumerable.Range(0, 3).Select(_ => _caller.CallAsync("laptop"))];

        foreach (var _ in calls)
        {
            var (_, stream, _) = await tunnel.ReadAsync(Headers);
            await tunnel.SendAsync(Headers, EndHeaders | EndStream, stream, HostileTunnel.AnswerOf());
        }

        foreach (var call in calls) Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
    }

    private Task<Caller> CallerAsync(string version) => Caller.OfAsync(_environment, version: Version.Parse(version));

    private async Task<TestTunnelClient> OpenAsync(string name, RequestDelegate service)
    {
        var client = await TestTunnelClient.StartAsync(shared.Cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, name, service);
        Assert.Equal("ok", (await client.Trailers)["tunnel-status"]);
        return client;
    }

    private async Task<FrameConnection> ConnectAsync()
    {
        var connection = FrameConnection.Open(shared.Cloud.Ports.TunnelProxy);
        await connection.SendAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0)]);
        return connection;
    }

    private byte[] RequestTo(string path, params ReadOnlySpan<(string, string)> fields) =>
        HeaderBlock.Encode([(":method", "POST"), (":scheme", "http"), (":authority", "proxy"), (":path", path), .. _caller.Identity(), .. fields]);

    private MeterListener Listen(ConcurrentDictionary<string, long> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "RestateCloud.Gateway") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
            if (labels.GetValueOrDefault("environment_id") == _environment.Id && labels.GetValueOrDefault("port") == "tunnel_proxy")
                seen.AddOrUpdate($"{instrument.Name} {labels.GetValueOrDefault("status")}", value, (_, sum) => sum + value);
        });
        listener.Start();
        return listener;
    }
}
