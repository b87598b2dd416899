using System.Security.Cryptography;
using RestateCloud.Protocols.Identity;

namespace RestateCloud.Protocols.Tests.Identity;

/// <summary>Secrets that are compared.</summary>
public sealed class FixedTimeTests
{
    [Fact]
    public void What_differs_in_any_bit_or_in_length_is_not_the_same()
    {
        for (var length = 0; length < 200; length++)
        {
            var secret = RandomNumberGenerator.GetBytes(length);
            Assert.True(FixedTime.AreEqual(secret, [.. secret]));
            Assert.False(FixedTime.AreEqual(secret, [.. secret, 0]));
            for (var bit = 0; bit < 8 * length; bit++)
            {
                byte[] other = [.. secret];
                other[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(FixedTime.AreEqual(secret, other));
            }
        }
    }
}
