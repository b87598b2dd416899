using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RestateCloud.Gateway.SignIn;

/// <summary>
/// Secrets of 256 random bits that are good for one use. They are looked up by their hash, so that no lookup takes a time that depends on
/// them.
/// </summary>
internal static class OneTimeSecret
{
    /// <summary>A new secret, of characters that need no escaping in URLs and forms.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key under which a secret is kept.</summary>
    public static string KeyOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
