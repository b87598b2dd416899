using System.Buffers;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>The other side of a connection, which writes and reads frames as a test wants them.</summary>
internal sealed class Peer(DuplexPipe transport)
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly HpackEncoder _encoder = new();
    private readonly HpackDecoder _decoder = new();

    /// <summary>Begins as a client does.</summary>
    public async Task IntroduceAsync(params (SettingId, int)[] settings)
    {
        await transport.Output.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await SettleAsync(settings);
    }

    /// <summary>Sends SETTINGS, as a server begins.</summary>
    public Task SettleAsync(params (SettingId, int)[] settings) => WriteAsync(frames => frames.AddSettings(settings));

    public Task SendAsync(FrameType type, FrameFlags flags, int stream, params byte[] payload) => WriteAsync(frames => frames.Add(type, flags, stream, payload));

    public Task HeadersAsync(int stream, string fields, bool isLast = false) => HeadersAsync(stream, Fields.Of(fields), isLast);

    public Task HeadersAsync(int stream, HeaderFields list, bool isLast = false) => WriteAsync(frames =>
    {
        var block = new byte[HpackEncoder.MaximumLength(list)];
        frames.AddHeaders(stream, block.AsSpan(0, _encoder.Encode(list, block)), isLast);
    });

    /// <summary>Makes requests and takes them back, all in one piece.</summary>
    public Task ResetAtOnceAsync(string fields, params int[] streams) => WriteAsync(frames =>
    {
        var list = Fields.Of(fields);
        foreach (var stream in streams)
        {
            var block = new byte[HpackEncoder.MaximumLength(list)];
            frames.AddHeaders(stream, block.AsSpan(0, _encoder.Encode(list, block)), isLast: false);
            frames.Add(FrameType.ResetStream, FrameFlags.None, stream, [0, 0, 0, 8]);
        }
    });

    /// <summary>Sends bodies in pieces of one byte, by turns, all at once.</summary>
    public Task PiecesAsync(int count, params int[] streams) => WriteAsync(frames =>
    {
        for (var i = 1; i <= count; i++)
        {
            foreach (var stream in streams) frames.Add(FrameType.Data, i == count ? FrameFlags.EndStream : FrameFlags.None, stream, [(byte)i]);
        }
    });

    /// <summary>Returns when what was sent before has been taken; frames of other types that come meanwhile are skipped.</summary>
    public async Task TakenAsync()
    {
        await SendAsync(FrameType.Ping, FrameFlags.None, 0, new byte[8]);
        await ReadAsync(FrameType.Ping);
    }

    public Task WindowAsync(int stream, int increment) => WriteAsync(frames => frames.Add(FrameType.WindowUpdate, stream, increment));

    /// <summary>Reads the next frame of a type; those of other types are skipped.</summary>
    public async Task<(FrameHeader Header, byte[] Payload)> ReadAsync(FrameType type)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (true)
        {
            var read = await transport.Input.ReadAsync(limit.Token);
            var rest = read.Buffer;
            var isFrame = FrameReader.TryRead(ref rest, out var header, out var payload);
            var bytes = payload.ToArray();
            transport.Input.AdvanceTo(rest.Start, isFrame ? rest.Start : rest.End);
            if (isFrame && header.Type == type) return (header, bytes);
            if (!isFrame && read.IsCompleted) throw new EndOfStreamException();
        }
    }

    /// <summary>Skips the preface that a client begins with.</summary>
    public async Task SkipPrefaceAsync()
    {
        var read = await transport.Input.ReadAtLeastAsync(24);
        transport.Input.AdvanceTo(read.Buffer.GetPosition(24));
    }

    public async Task<(FrameHeader Header, string Fields)> ReadHeadersAsync()
    {
        var (header, payload) = await ReadAsync(FrameType.Headers);
        var fields = Fields.None();
        _decoder.Decode(payload, fields);
        return (header, Fields.Text(fields));
    }

    /// <summary>Reads until the other side has ended the connection.</summary>
    public async Task EndedAsync() => await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync((FrameType)0xFF));

    /// <summary>Ends the connection.</summary>
    public void Leave() => transport.Output.Complete();

    private async Task WriteAsync(Action<FrameBuffer> add)
    {
        var frames = new FrameBuffer();
        add(frames);
        var result = await transport.Output.WriteAsync(frames.Bytes);
        frames.Clear();
        if (result.IsCompleted) throw new EndOfStreamException();
    }
}
