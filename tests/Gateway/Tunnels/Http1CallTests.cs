using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Gateway.Tests.Tunnels.Attacks;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Calls of environments that speak HTTP/1.1.</summary>
public sealed class Http1CallTests(SharedCloud shared) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private TestEnvironment _environment = null!;
    private Caller _caller = null!;
    private TestTunnelClient _tunnel = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _environment = await shared.CreateEnvironmentAsync();
        _caller = await Caller.OfAsync(_environment, version: HttpVersion.Version11);
        _tunnel = await TestTunnelClient.StartAsync(shared.Cloud.Ports.Tunnel, await _environment.KeyAsync(), _environment.Id, "laptop", EchoAsync);
        Assert.Equal("ok", (await _tunnel.Trailers)["tunnel-status"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _tunnel.DisposeAsync();
        _caller.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_body_passes_there_and_back(bool isChunked)
    {
        var bytes = new byte[20 * 1024 * 1024];
        Random.Shared.NextBytes(bytes);
        HttpContent content = isChunked ? new StreamContent(new NoLength(bytes)) : new ByteArrayContent(bytes);

        using var answer = await _caller.CallAsync("laptop", content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var echoed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task A_connection_goes_on_after_calls_that_are_refused()
    {
        using var connection = await ConnectAsync();
        string[] forged = [.. Fields("laptop").Where(field => !field.StartsWith("x-restate-jwt", StringComparison.Ordinal))];

        Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", await AskAsync(connection, "laptop", forged));
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await AskAsync(connection, "lapdog", Fields("lapdog")));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(connection, "laptop", Fields("laptop")));
    }

    [Fact]
    public async Task A_call_that_asks_more_of_its_connection_is_served_and_so_are_those_after_it()
    {
        using var connection = await ConnectAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(connection, "laptop", Fields("laptop")));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), "TE: trailers"]));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(connection, "laptop", Fields("laptop")));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), "Connection: close"]));
        Assert.Equal(0, await connection.ReadAsync(new byte[1], Cancellation).AsTask().WaitAsync(Soon));
    }

    [Theory]
    [InlineData("X-Folded: a\r\n b")]
    [InlineData("X-Name : a")]
    [InlineData("Content-Length: 4\r\nContent-Length: 5")]
    [InlineData("Host: other")]
    [InlineData("X-Name: a\0b")]
    public async Task A_call_that_could_be_read_differently_is_refused(string field)
    {
        using var connection = await ConnectAsync();

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), field]));
    }

    [Fact]
    public async Task The_service_is_called_in_the_version_in_which_the_environment_calls_unless_that_says_otherwise()
    {
        using var connection = await ConnectAsync();

        Assert.Contains("x-version: HTTP/1.1\r\n", await AskAsync(connection, "laptop", Fields("laptop")));
        Assert.Contains("x-version: HTTP/2.0\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), $"{TunnelProtocol.HttpVersionHeader}: HTTP/2.0"]));
        // From here on Kestrel serves the connection.
        Assert.Contains("x-version: HTTP/1.1\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), "TE: trailers"]));
        Assert.Contains("x-version: HTTP/2.0\r\n", await AskAsync(connection, "laptop", [.. Fields("laptop"), $"{TunnelProtocol.HttpVersionHeader}: HTTP/2.0"]));
    }

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.Headers["x-version"] = context.Request.Headers[TunnelProtocol.HttpVersionHeader];
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentLength = body.Length;
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body);
    }

    private string[] Fields(string tunnel) => [$"Host: {tunnel}", .. _caller.Identity().Select(field => $"{field.Item1}: {field.Item2}")];

    /// <summary>Calls, and reads the answer with its body.</summary>
    private async Task<string> AskAsync(NetworkStream connection, string tunnel, string[] fields)
    {
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"GET {_caller.PathTo(tunnel)} HTTP/1.1\r\n{string.Join("\r\n", fields)}\r\n\r\n"), Cancellation);
        var head = await ReadToAsync(connection, "\r\n\r\n");
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase)) await ReadToAsync(connection, "\r\n0\r\n\r\n");
        else Assert.Contains("content-length: 0\r\n", head, StringComparison.OrdinalIgnoreCase);
        return head;
    }

    private static async Task<string> ReadToAsync(NetworkStream connection, string end)
    {
        var text = new StringBuilder();
        var next = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await connection.ReadExactlyAsync(next, Cancellation).AsTask().WaitAsync(Soon);
            text.Append((char)next[0]);
        }

        return text.ToString();
    }

    private async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, shared.Cloud.Ports.TunnelProxy, Cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
