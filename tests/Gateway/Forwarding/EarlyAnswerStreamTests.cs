using System.Net;
using System.Net.Sockets;
using RestateCloud.Gateway.Forwarding;

namespace RestateCloud.Gateway.Tests.Forwarding;

public sealed class EarlyAnswerStreamTests : IAsyncLifetime
{
    private readonly byte[] _buffer = new byte[16];
    private Socket _server = null!;
    private EarlyAnswerStream _stream = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!, Cancellation);
        (_server, _stream) = (await listener.AcceptAsync(Cancellation), new EarlyAnswerStream(client));
    }

    [Fact]
    public async Task A_read_gives_what_has_come_before_and_what_comes_later()
    {
        await _server.SendAsync("one"u8.ToArray(), Cancellation);
        Assert.Equal(3, await _stream.ReadAsync(_buffer, Cancellation));

        var reading = _stream.ReadAsync(_buffer, Cancellation);
        await _server.SendAsync("later"u8.ToArray(), Cancellation);

        Assert.Equal(5, await reading);
        Assert.Equal("later"u8.ToArray(), _buffer[..5]);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_at_its_end()
    {
        var reading = _stream.ReadAsync(_buffer, Cancellation);
        _server.LingerState = new LingerOption(true, 0);
        _server.Close();

        Assert.Equal(0, await reading);
        await _stream.WriteAsync(_buffer, Cancellation);
        Assert.Equal(0, await _stream.ReadAsync(_buffer, Cancellation));
    }

    [Fact]
    public async Task A_read_that_waits_ends_when_the_stream_is_disposed_of()
    {
        var reading = _stream.ReadAsync(_buffer, Cancellation).AsTask();

        await _stream.DisposeAsync();

        // The socket is shut down before it is closed: the read finds the end or the failure, whichever comes first.
        var failure = await Record.ExceptionAsync(async () => Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(60), Cancellation)));
        Assert.True(failure is null or IOException, $"{failure}");
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _stream.DisposeAsync();
    }
}
