using System.Text;
using RestateCloud.Protocols.Http2.Frames;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>What the other side says when it ends a connection, for logs.</summary>
public sealed class ComplaintTests
{
    [Theory]
    [InlineData(0, "goodbye", null)]
    [InlineData(11, "", "EnhanceYourCalm")]
    [InlineData(11, "too_many_data_frames", "EnhanceYourCalm: too_many_data_frames")]
    [InlineData(2, "two\nlines", "InternalError")]
    public async Task What_a_service_ends_a_connection_for_is_known(byte code, string words, string? expected)
    {
        await using var relay = await Relay.StartAsync();

        await relay.Service.SendAsync(FrameType.GoAway, FrameFlags.None, 0, [0, 0, 0, 0, 0, 0, 0, code, .. Encoding.ASCII.GetBytes(words)]);
        await relay.Leaving.WaitAsync(Peer.Soon);

        Assert.Equal(expected, relay.Complaint);
    }

    [Fact]
    public async Task No_more_than_a_line_of_it_is_kept()
    {
        await using var relay = await Relay.StartAsync();

        await relay.Service.SendAsync(FrameType.GoAway, FrameFlags.None, 0, [0, 0, 0, 0, 0, 0, 0, 11, .. new string('a', 1000).Select(c => (byte)c)]);
        await relay.Leaving.WaitAsync(Peer.Soon);

        Assert.Equal($"EnhanceYourCalm: {new string('a', 100)}", relay.Complaint);
    }
}
