using System.Buffers.Text;
using System.Security.Cryptography;

namespace RestateCloud.Gateway.SignIn;

/// <summary>Secrets of 256 random bits that are good for one use. Kept as <see cref="Grains.SignIn.SignInHash"/>.</summary>
internal static class OneTimeSecret
{
    /// <summary>A new secret, of characters that need no escaping in URLs and forms.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
