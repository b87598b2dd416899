using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RestateCloud.Grains.SignIn;

/// <summary>
/// What is kept of a code that is good for one use: SHA-256 in hexadecimal digits. Who reads the database learns no code that opens anything:
/// the code that a user types is short enough to be found, but takes the user's password as well.
/// </summary>
public static class SignInHash
{
    private const int PartLength = 2;

    /// <summary>The hash of a secret.</summary>
    public static string Of(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The key of the grain, one of 256, that keeps what has this hash.</summary>
    public static string PartOf(string hash) => hash[..PartLength];

    /// <summary>Whether a text is the key of a part.</summary>
    public static bool IsPart(ReadOnlySpan<char> text) => text.Length == PartLength && !text.ContainsAnyExcept("0123456789ABCDEF");

    /// <summary>Whether two hashes are the same, in a time that does not depend on how far they are.</summary>
    internal static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
}
