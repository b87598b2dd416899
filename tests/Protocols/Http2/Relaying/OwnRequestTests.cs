using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Tests.Http2.Hpack;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>Requests that are made at the relay itself.</summary>
public sealed class OwnRequestTests
{
    [Fact]
    public async Task A_request_is_answered_while_it_is_open_and_ends_with_trailers()
    {
        await using var relay = await Relay.StartAsync();
        var request = relay.TryAsk(Fields.Of(RelayTests.Request), isLast: false)!;
        var (header, fields) = await relay.Service.ReadHeadersAsync();
        Assert.Equal((RelayTests.Request, false), (fields, header.Has(FrameFlags.EndStream)));

        await relay.Service.HeadersAsync(1, ":status 200\nx-name value");
        var answer = await request.Answer.WaitAsync(Peer.Soon);
        Assert.Equal((200, ":status 200\nx-name value"), (answer.Status, Fields.Text(answer.Fields)));

        request.End(Fields.Of("x-status ok"));
        (header, fields) = await relay.Service.ReadHeadersAsync();
        Assert.Equal(("x-status ok", true), (fields, header.Has(FrameFlags.EndStream)));
        await relay.Service.SendAsync(FrameType.Data, FrameFlags.EndStream, 1, 1, 2, 3);
        await request.Closed.WaitAsync(Peer.Soon);
    }

    [Fact]
    public async Task A_request_fails_with_its_connection()
    {
        await using var relay = await Relay.StartAsync();
        var request = relay.TryAsk(Fields.Of(RelayTests.Request), isLast: true)!;

        relay.Service.Leave();

        await Assert.ThrowsAsync<IOException>(() => request.Answer.WaitAsync(Peer.Soon));
        await request.Closed.WaitAsync(Peer.Soon);
    }
}
