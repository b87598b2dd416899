using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>A connection on which a test writes frames of HTTP/2 that no library would.</summary>
internal sealed class FrameConnection : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    public const byte Ack = 1;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private const int HeaderLength = 9;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly NetworkStream _stream;

    private FrameConnection(int port, IPAddress from)
    {
        _socket.Bind(new IPEndPoint(from, 0));
        _socket.Connect(IPAddress.Loopback, port);
        _stream = new NetworkStream(_socket, ownsSocket: true);
    }

    /// <summary>Connects to a port of 127.0.0.1, from there or from another address of this machine.</summary>
    public static FrameConnection Open(int port, IPAddress? from = null) => new(port, from ?? IPAddress.Loopback);

    /// <summary>SETTINGS with one value.</summary>
    public static byte[] Setting(ushort id, uint value)
    {
        var payload = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(payload, id);
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(2), value);
        return payload;
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload = default)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>One value, many times.</summary>
    public static byte[] Repeat(byte[] frame, int count)
    {
        var frames = new byte[frame.Length * count];
        for (var i = 0; i < count; i++) frame.CopyTo(frames, i * frame.Length);
        return frames;
    }

    public ValueTask SendAsync(byte type, byte flags, int stream, ReadOnlySpan<byte> payload = default) => SendAsync(Frame(type, flags, stream, payload));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends as much as the other side takes before it ends the connection.</summary>
    public async Task TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAsync(bytes);
        }
        catch (IOException)
        {
            // Cut off in the middle of it, which is as good.
        }
    }

    /// <summary>Sends the same again and again until the other side ends the connection.</summary>
    /// <returns>How many bytes went out.</returns>
    public async Task<long> FloodAsync(ReadOnlyMemory<byte> bytes, TimeSpan within)
    {
        var sent = 0L;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(within);
        try
        {
            while (true)
            {
                await _stream.WriteAsync(bytes, limit.Token);
                sent += bytes.Length;
            }
        }
        catch (IOException)
        {
            return sent;
        }
    }

    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var header = new byte[HeaderLength];
        await _stream.ReadExactlyAsync(header, limit.Token);
        var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await _stream.ReadExactlyAsync(payload, limit.Token);
        return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
    }

    /// <summary>Reads on to the next frame of a type, of a stream unless it is null; answers PING and SETTINGS on the way.</summary>
    public async Task<(byte Flags, int Stream, byte[] Payload)> ReadAsync(byte type, int? stream = null)
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.Type == type && (stream is null || frame.Stream == stream)) return (frame.Flags, frame.Stream, frame.Payload);
            if (frame.Type is Ping or Settings && (frame.Flags & Ack) == 0) await SendAsync(frame.Type, Ack, 0, frame.Type == Ping ? frame.Payload : default);
        }
    }

    public async Task SkipAsync(int length) => await _stream.ReadExactlyAsync(new byte[length], TestContext.Current.CancellationToken);

    /// <summary>Reads until the other side ends the connection, in whatever way.</summary>
    /// <returns>How many bytes it said before.</returns>
    public async Task<long> EndedAsync(TimeSpan within)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(within);
        var buffer = new byte[64 * 1024];
        var received = 0L;
        try
        {
            while (await _stream.ReadAsync(buffer, limit.Token) is > 0 and var length) received += length;
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return received;
    }

    public void Dispose() => _stream.Dispose();
}
