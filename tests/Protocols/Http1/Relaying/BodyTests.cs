using System.Text;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Bodies of any length, as fast as their receivers take them.</summary>
public sealed class BodyTests
{
    [Fact]
    public async Task Bodies_pass_both_ways_at_once()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Post);
        await service.ReadHeadAsync();
        await service.SendAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        await relay.Caller.ReadHeadersAsync();

        for (var i = 0; i < 10; i++)
        {
            await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, (byte)('a' + i));
            Assert.Equal($"1\r\n{(char)('a' + i)}\r\n", await service.ReadAsync(6));
            await service.SendAsync($"1\r\n{(char)('A' + i)}\r\n");
            Assert.Equal($"{(char)('A' + i)}", await RelayTests.ReadBodyAsync(relay.Caller));
        }

        await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1);
        Assert.Equal("0\r\n\r\n", await service.ReadAsync(5));
        await service.SendAsync("0\r\n\r\n");
        Assert.Equal("", await AnswerTests.ReadBodyAsync(relay.Caller));
        await relay.Calls[0].End;
        Assert.Equal((10, 10), (relay.Calls[0].RequestBytes, relay.Calls[0].ResponseBytes));
    }

    [Fact]
    public async Task An_answer_waits_for_the_callers_window()
    {
        await using var relay = await ServiceRelay.StartAsync(callerSettings: (SettingId.InitialWindowSize, 5));
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        await service.SendAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n01234567\r\n0\r\nx-trailer: last\r\n\r\n");

        await relay.Caller.ReadHeadersAsync();
        Assert.Equal("01234", await RelayTests.ReadBodyAsync(relay.Caller));
        await relay.Caller.WindowAsync(1, 100);
        Assert.Equal("567", await RelayTests.ReadBodyAsync(relay.Caller));
        Assert.Equal("x-trailer last", (await relay.Caller.ReadHeadersAsync()).Fields);
    }

    [Fact]
    public async Task A_service_is_not_read_while_its_caller_does_not_read()
    {
        // A connection within this process holds 1 MiB, and is read as a whole.
        const int Length = 16 * 1024 * 1024;
        var limits = new RelayLimits { StreamWindow = 100_000 };
        await using var relay = await ServiceRelay.StartAsync(limits, (SettingId.InitialWindowSize, 5));
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();
        var answering = Task.Run(async () =>
        {
            await service.SendAsync($"HTTP/1.1 200 OK\r\ncontent-length: {Length}\r\n\r\n");
            var piece = new string('a', 64 * 1024);
            for (var sent = 0; sent < Length; sent += piece.Length) await service.SendAsync(piece);
        });
        await relay.Caller.ReadHeadersAsync();

        Assert.Equal("aaaaa", await RelayTests.ReadBodyAsync(relay.Caller));

        Assert.InRange(relay.Calls[0].ResponseBytes, 5, 4 * 1024 * 1024);
        await relay.Caller.WindowAsync(0, Length);
        await relay.Caller.WindowAsync(1, Length);
        Assert.Equal(Length - 5, (await AnswerTests.ReadBodyAsync(relay.Caller)).Length);
        await answering;
    }

    [Fact]
    public async Task A_caller_is_allowed_no_more_than_its_service_takes()
    {
        const int Window = 100_000;
        var limits = new RelayLimits { StreamWindow = Window, OutputBytes = 1000, ConnectionWindow = 1 << 30 };
        await using var relay = await ServiceRelay.StartAsync(limits);
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, $"{ServiceRelay.Post}\ncontent-length {20 * Window}");
        await service.ReadHeadAsync();
        var reading = Task.Run(async () =>
        {
            var body = new StringBuilder();
            while (body.Length < 20 * Window) body.Append(await service.ReadAsync(10_000));
            return body.ToString();
        });

        var mayCome = Window;
        for (var left = 20 * Window; left > 0; left -= 10_000)
        {
            while (mayCome < 10_000) mayCome += await ReadWindowAsync(relay.Caller);
            await relay.Caller.SendAsync(FrameType.Data, left > 10_000 ? FrameFlags.None : FrameFlags.EndStream, 1, new byte[10_000]);
            mayCome -= 10_000;
        }

        Assert.Equal(new string('\0', 20 * Window), await reading);
    }

    [Fact]
    public async Task A_caller_that_leaves_in_the_middle_of_an_answer_that_waits_for_him_ends_the_connection()
    {
        var limits = new RelayLimits { StreamWindow = 1000 };
        await using var relay = await ServiceRelay.StartAsync(limits, (SettingId.InitialWindowSize, 5));
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();
        await service.SendAsync($"HTTP/1.1 200 OK\r\n\r\n{new string('a', 5000)}");
        await RelayTests.ReadBodyAsync(relay.Caller);

        await relay.Caller.SendAsync(FrameType.ResetStream, FrameFlags.None, 1, 0, 0, 0, 8);

        await service.EndedAsync();
        await relay.Calls[0].End;
    }

    private static async Task<int> ReadWindowAsync(Peer caller)
    {
        while (true)
        {
            var (header, payload) = await caller.ReadAsync(FrameType.WindowUpdate);
            if (header.StreamId == 1) return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload);
        }
    }
}
