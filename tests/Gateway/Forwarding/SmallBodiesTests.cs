using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.Gateway.Forwarding;

namespace RestateCloud.Gateway.Tests.Forwarding;

public sealed class SmallBodiesTests : IAsyncLifetime
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly HttpMessageInvoker _client = new(new SmallBodies(new SocketsHttpHandler { UseProxy = false }));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_small_body_comes_in_one_piece_with_its_headers()
    {
        var sending = SendAsync(new HurriedContent(10, Task.CompletedTask));
        using var connection = await _listener.AcceptAsync(Cancellation);

        var first = await ReceiveAsync(connection);

        Assert.Contains("content-length: 10", first, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("content-type: text/plain", first, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\nxxxxxxxxxx", first);
        await AnswerAsync(connection);
        Assert.Equal(HttpStatusCode.OK, (await sending).StatusCode);
    }

    [Fact]
    public async Task The_headers_of_a_long_body_do_not_wait_for_it()
    {
        var headersSeen = new TaskCompletionSource();
        const int Length = 64 * 1024;
        var sending = SendAsync(new HurriedContent(Length, headersSeen.Task));
        using var connection = await _listener.AcceptAsync(Cancellation);

        Assert.EndsWith("\r\n\r\n", await ReceiveAsync(connection));

        headersSeen.SetResult();
        for (var received = 0; received < Length;) received += (await ReceiveAsync(connection)).Length;
        await AnswerAsync(connection);
        Assert.Equal(HttpStatusCode.OK, (await sending).StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<HttpResponseMessage> SendAsync(HttpContent content) =>
        _client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"http://{_listener.LocalEndPoint}/") { Content = content }, Cancellation);

    private static async Task<string> ReceiveAsync(Socket connection)
    {
        var buffer = new byte[64 * 1024];
        return Encoding.ASCII.GetString(buffer, 0, await connection.ReceiveAsync(buffer, Cancellation));
    }

    private static async Task AnswerAsync(Socket connection) =>
        await connection.SendAsync("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"u8.ToArray(), Cancellation);

    /// <summary>Has its headers sent at once, as YARP does, and its bytes later.</summary>
    private sealed class HurriedContent : HttpContent
    {
        private readonly int _length;
        private readonly Task _ready;

        public HurriedContent(int length, Task ready)
        {
            (_length, _ready) = (length, ready);
            Headers.ContentType = new("text/plain");
            Headers.ContentLength = length;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await _ready;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', _length)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
