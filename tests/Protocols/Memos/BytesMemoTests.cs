using System.Text;
using RestateCloud.Protocols.Memos;

namespace RestateCloud.Protocols.Tests.Memos;

/// <summary>What is remembered of bytes.</summary>
public sealed class BytesMemoTests
{
    [Fact]
    public void What_is_known_of_some_bytes_is_never_taken_for_others()
    {
        var memo = new BytesMemo<string>();
        var known = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var text = $"/invoke/Greeter/greet{i % 1000}";
            if (memo.TryGet(Encoding.ASCII.GetBytes(text), out var found))
            {
                known++;
                Assert.Equal(text, found);
            }

            memo.Set(Encoding.ASCII.GetBytes(text), text);
            Assert.True(memo.TryGet(Encoding.ASCII.GetBytes(text), out _));
        }

        Assert.InRange(known, 1, 9000);
    }

    [Fact]
    public void What_is_very_long_is_not_kept()
    {
        var memo = new BytesMemo<string>();

        memo.Set(new byte[1025], "long");

        Assert.False(memo.TryGet(new byte[1025], out _));
    }
}
