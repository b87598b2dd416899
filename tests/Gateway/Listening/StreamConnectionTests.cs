using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using RestateCloud.Gateway.Listening;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Listening;

/// <summary>Connections that whoever serves them reads from the socket himself.</summary>
public sealed class StreamConnectionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_is_sent_both_ways_arrives()
    {
        await using var listener = StreamListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), MemoryPool<byte>.Shared);
        var (client, connection) = await ConnectAsync(listener);
        using var _ = client;
        await using var served = connection;

        await client.SendAsync("question"u8.ToArray());
        Assert.Equal("question", await ReadAsync(connection));
        await connection.Transport.Output.WriteAsync("answer"u8.ToArray());

        var answer = new byte[6];
        Assert.Equal(6, await client.ReceiveAsync(answer));
        Assert.Equal("answer"u8, answer);
        Assert.Equal(client.LocalEndPoint, connection.RemoteEndPoint);
    }

    [Fact]
    public async Task What_Kestrel_is_given_is_closed_once_the_other_side_is_gone()
    {
        await using var listener = StreamListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), MemoryPool<byte>.Shared);
        var (client, connection) = await ConnectAsync(listener);
        await using var served = connection;
        var closed = new TaskCompletionSource();
        connection.ConnectionClosed.UnsafeRegister(_ => closed.SetResult(), null);
        await client.SendAsync("the last words"u8.ToArray());

        connection.GiveToKestrel();
        client.Dispose();

        await closed.Task.WaitAsync(Soon);
        Assert.Equal("the last words", await ReadAsync(connection));
        Assert.True((await connection.Transport.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task What_Kestrel_is_given_does_not_throw_when_nobody_reads()
    {
        await using var listener = StreamListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), MemoryPool<byte>.Shared);
        var (client, connection) = await ConnectAsync(listener);
        await using var served = connection;
        connection.GiveToKestrel();

        // A reset.
        client.Close(timeout: 0);

        await Eventually.HoldsAsync(
            async () => (await connection.Transport.Output.WriteAsync(new byte[1024])).IsCompleted, "the writer tells that nobody reads", Soon);
        Assert.True((await connection.Transport.Output.WriteAsync(new byte[1024])).IsCompleted);
    }

    [Fact]
    public async Task An_abort_ends_a_read_that_waits_and_is_no_reset()
    {
        await using var listener = StreamListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), MemoryPool<byte>.Shared);
        var (client, connection) = await ConnectAsync(listener);
        using var _ = client;
        await using var served = connection;
        var read = connection.Transport.Input.ReadAsync().AsTask();

        connection.Abort(new ConnectionAbortedException("The test says so."));

        // With the end of what was sent, or a failure: whichever of both comes first.
        await Task.WhenAny(read).WaitAsync(Soon);
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task Who_listens_no_more_accepts_nobody()
    {
        await using var listener = StreamListener.Bind(new IPEndPoint(IPAddress.Loopback, 0), MemoryPool<byte>.Shared);
        var accepting = listener.AcceptAsync().AsTask();

        await listener.UnbindAsync();

        Assert.Null(await accepting.WaitAsync(Soon));
        Assert.Null(await listener.AcceptAsync());
    }

    private static async Task<(Socket Client, StreamConnection Connection)> ConnectAsync(StreamListener listener)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint);
        return (client, (StreamConnection)(await listener.AcceptAsync())!);
    }

    private static async Task<string> ReadAsync(ConnectionContext connection)
    {
        var read = await connection.Transport.Input.ReadAsync();
        var text = Encoding.ASCII.GetString(read.Buffer);
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        return text;
    }
}
