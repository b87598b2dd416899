using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>Connections that take one call after another, until one side has enough.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task Calls_that_come_one_after_another_share_a_connection()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();

        for (var i = 0; i < 10; i++)
        {
            await relay.Caller.HeadersAsync((2 * i) + 1, ServiceRelay.Post);
            await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, (2 * i) + 1, "question"u8.ToArray());
            await service.ReadToAsync("\r\n\r\n8\r\nquestion\r\n0\r\n\r\n");
            await service.SendAsync($"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{i}");
            var (header, _) = await relay.Caller.ReadHeadersAsync();
            Assert.Equal((2 * i) + 1, header.StreamId);
            Assert.Equal($"{i}", await RelayTests.ReadBodyAsync(relay.Caller));
            await relay.Calls[i].End;
        }

        Assert.Equal(10, service.End.Requests);
        // At first, and after each answer.
        Assert.Equal(11, relay.Idle);
    }

    [Fact]
    public async Task A_connection_takes_one_call_at_a_time()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var (one, other) = (relay.Connect(), relay.Connect());

        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);
        await relay.Caller.HeadersAsync(5, ServiceRelay.Get, isLast: true);

        Assert.Equal(5, (await relay.Caller.ReadAsync(FrameType.ResetStream)).Header.StreamId);
        await one.ReadHeadAsync();
        await other.ReadHeadAsync();
        Assert.Equal((1, 1), (one.End.Requests, other.End.Requests));
    }

    [Theory]
    [InlineData(ServiceRelay.Get, true)]
    [InlineData(ServiceRelay.Post, false)]
    public async Task A_call_on_a_connection_that_the_service_closes_at_the_same_time_is_made_again(string request, bool isLast)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var (closed, next) = (relay.Connect(), relay.Connect());
        await relay.Caller.HeadersAsync(1, request, isLast);
        await closed.ReadHeadAsync();

        closed.Leave();

        var head = await next.ReadHeadAsync();
        if (!isLast)
        {
            await relay.Caller.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, "body"u8.ToArray());
            Assert.Equal("4\r\nbody\r\n0\r\n\r\n", await next.ReadToAsync("0\r\n\r\n"));
        }

        Assert.StartsWith(isLast ? "GET " : "POST ", head);
        await next.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        await relay.Calls[0].End;
        Assert.Equal(2, relay.Calls[0].Attempts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_the_service_may_have_acted_on_is_not_made_again(bool isLast)
    {
        await using var relay = await ServiceRelay.StartAsync();
        var (closed, next) = (relay.Connect(), relay.Connect());
        await relay.Caller.HeadersAsync(1, ServiceRelay.Post, isLast);
        if (!isLast) await relay.Caller.SendAsync(FrameType.Data, FrameFlags.None, 1, "body"u8.ToArray());
        await closed.ReadToAsync(isLast ? "\r\n\r\n" : "body\r\n");

        closed.Leave();

        Assert.StartsWith(":status 502", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal(0, next.End.Requests);
    }

    [Fact]
    public async Task A_call_that_has_begun_to_be_answered_is_not_made_again()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var (closed, next) = (relay.Connect(), relay.Connect());
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await closed.ReadHeadAsync();

        await closed.SendAsync("HTTP/1.1 2");
        closed.Leave();

        Assert.StartsWith(":status 502", (await relay.Caller.ReadHeadersAsync()).Fields);
        Assert.Equal(0, next.End.Requests);
    }

    [Fact]
    public async Task A_connection_is_not_used_when_the_service_is_about_to_close_it()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var (stale, next) = (relay.Connect(), relay.Connect());
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await stale.ReadHeadAsync();
        await stale.SendAsync("HTTP/1.1 204 No Content\r\nkeep-alive: max=9, timeout=1\r\n\r\n");
        await relay.Caller.ReadHeadersAsync();

        await relay.Caller.HeadersAsync(3, ServiceRelay.Get, isLast: true);

        await next.ReadHeadAsync();
        Assert.Equal(1, stale.End.Requests);
        Assert.True(stale.End.IsStale);
    }

    [Fact]
    public async Task A_connection_that_is_to_end_lets_its_call_end()
    {
        await using var relay = await ServiceRelay.StartAsync();
        var service = relay.Connect();
        await relay.Caller.HeadersAsync(1, ServiceRelay.Get, isLast: true);
        await service.ReadHeadAsync();

        service.End.Shutdown();
        await service.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");

        Assert.Equal(":status 204", (await relay.Caller.ReadHeadersAsync()).Fields);
        await service.EndedAsync();
    }
}
