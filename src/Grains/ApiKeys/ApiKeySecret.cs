using System.Security.Cryptography;
using System.Text;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Grains.ApiKeys;

/// <summary>The secret form of an API key, <c>key_&lt;id&gt;.&lt;secret&gt;</c>: 256 random bits, of which only a SHA-256 hash is kept.</summary>
/// <remarks>A slow hash would protect nothing here: there is no dictionary of 256-bit secrets.</remarks>
public static class ApiKeySecret
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretLength = 43;

    /// <summary>A new secret for a key.</summary>
    public static string New(string keyId) => $"{keyId}.{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";

    /// <summary>The key's id in a presented secret, or null when the text cannot be one.</summary>
    public static string? KeyIdOf(ReadOnlySpan<char> presented) => TryReadKeyId(presented, out var keyId) ? keyId.ToString() : null;

    /// <summary>As <see cref="KeyIdOf"/>, without a copy.</summary>
    public static bool TryReadKeyId(ReadOnlySpan<char> presented, out ReadOnlySpan<char> keyId)
    {
        var dot = presented.IndexOf('.');
        keyId = dot > 0 ? presented[..dot] : default;
        return presented.Length == dot + 1 + SecretLength && ResourceId.IsValid(ResourceId.ApiKey, keyId);
    }

    /// <summary>What is kept of a secret: the SHA-256 hash of its whole text, 32 bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<char> presented)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        HashInto(hash, presented);
        return hash;
    }

    /// <summary>Whether this is the hash of the presented secret; takes the same time wherever they differ.</summary>
    /// <param name="presented">A text that has a <see cref="KeyIdOf"/>, which bounds its length.</param>
    /// <param name="hash">What was kept.</param>
    public static bool Matches(ReadOnlySpan<char> presented, ReadOnlySpan<byte> hash)
    {
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        HashInto(computed, presented);
        return CryptographicOperations.FixedTimeEquals(computed, hash);
    }

    private static void HashInto(Span<byte> hash, ReadOnlySpan<char> presented)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(presented.Length)];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(presented, utf8)], hash);
    }
}
