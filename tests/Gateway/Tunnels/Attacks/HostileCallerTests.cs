using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using static RestateCloud.Gateway.Tests.Tunnels.Attacks.FrameConnection;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>Whoever reaches the proxy's port abuses HTTP/2 there. Only its own connection suffers.</summary>
public sealed class HostileCallerTests(SharedCloud shared) : IAsyncLifetime
{
    private const ushort InitialWindowSize = 4;
    private const int MiB = 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly EndlessAnswer _answer = new();
    private TestEnvironment _environment = null!;
    private Caller _caller = null!;
    private TestTunnelClient _tunnel = null!;

    public async ValueTask InitializeAsync()
    {
        _environment = await shared.CreateEnvironmentAsync();
        _caller = await Caller.OfAsync(_environment);
        _tunnel = await TestTunnelClient.StartAsync(
            shared.Cloud.Ports.Tunnel,
            await _environment.KeyAsync(),
            _environment.Id,
            "laptop",
            context => context.Request.Headers.ContainsKey("x-endless") ? _answer.WriteAsync(context) : context.Response.WriteAsync("served"));
        Assert.Equal("ok", (await _tunnel.Trailers)["tunnel-status"]);
    }

    public async ValueTask DisposeAsync()
    {
        using (var answer = await _caller.CallAsync("laptop")) Assert.Equal("served", await answer.Content.ReadAsStringAsync());
        Assert.True(_tunnel.IsOpen);
        await _tunnel.DisposeAsync();
        _caller.Dispose();
    }

    [Fact]
    public async Task Calls_that_are_reset_as_soon_as_they_are_made_hurt_nobody_else()
    {
        using var connection = await OpenAsync();
        var call = Request();
        try
        {
            for (var stream = 1; stream < 200_000; stream += 2)
                await connection.SendAsync((byte[])[.. Frame(Headers, EndHeaders, stream, call), .. Frame(Reset, 0, stream, [0, 0, 0, 8])]);
        }
        catch (IOException)
        {
            // Kestrel ends the connection as soon as there are more calls than it gets done.
        }
    }

    [Fact]
    public async Task Headers_without_end_end_the_connection()
    {
        using var connection = await OpenAsync();
        await connection.SendAsync(Headers, 0, 1, Request());

        await connection.FloodAsync(Repeat(Frame(Continuation, 0, 1, HeaderBlock.Encode(("x", "y"))), 1000), Soon);
    }

    [Fact]
    public async Task A_bomb_of_headers_ends_the_connection()
    {
        using var connection = await OpenAsync();
        var part = HeaderBlock.Encode(("x-bomb", new string('b', 15_000)));
        await connection.SendAsync(Headers, 0, 1, Request());

        await connection.FloodAsync(Frame(Continuation, 0, 1, part), Soon);
    }

    [Fact]
    public async Task Streams_beyond_the_limit_are_refused()
    {
        using var connection = await OpenAsync();
        var call = Request(("x-endless", "1"));

        for (var stream = 1; stream <= 2 * 1001; stream += 2) await connection.SendAsync(Headers, EndHeaders, stream, call);

        // REFUSED_STREAM.
        Assert.Equal([0, 0, 0, 7], (await connection.ReadAsync(Reset)).Payload);
    }

    [Fact]
    public async Task A_window_that_never_opens_stops_the_services_answer_and_ends_the_call()
    {
        using var connection = await OpenAsync(Setting(InitialWindowSize, 0));
        await connection.SendAsync(Headers, EndHeaders | EndStream, 1, Request(("x-endless", "1")));
        await connection.ReadAsync(Headers, 1);

        await _answer.Progress.IsStoppedAsync();
        Assert.InRange(_answer.Progress.Bytes, 1, 8 * MiB);

        await connection.ReadAsync(Reset, 1);
        await _answer.Ended.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    private async Task<FrameConnection> OpenAsync(byte[]? settings = null)
    {
        var connection = FrameConnection.Open(shared.Cloud.Ports.TunnelProxy);
        await connection.SendAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings)]);
        return connection;
    }

    private byte[] Request(params (string, string)[] headers) =>
        HeaderBlock.Encode([(":method", "POST"), (":scheme", "http"), (":authority", "proxy"), (":path", _caller.PathTo("laptop")), .. _caller.Identity(), .. headers]);

    /// <summary>An answer that goes on for as long as somebody takes it.</summary>
    private sealed class EndlessAnswer
    {
        private readonly TaskCompletionSource _ended = new();

        public Task Ended => _ended.Task;

        public Progress Progress { get; } = new();

        public async Task WriteAsync(HttpContext context)
        {
            var piece = new byte[16 * 1024];
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                    Progress.Add(piece.Length);
                    // To an aborted stream Kestrel writes at once, and what cancels the token waits for a thread of the pool.
                    await Task.Yield();
                }
            }
            catch (OperationCanceledException)
            {
                _ended.TrySetResult();
            }
        }
    }
}
