using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;

namespace RestateCloud.Silo.Moving.Age;

/// <summary>The head of a file: its key, wrapped by a passphrase, and a code that authenticates the head itself.</summary>
internal static partial class AgeHeader
{
    private const string Version = "age-encryption.org/v1";
    private const string ScryptLabel = Version + "/scrypt";
    private const string End = "---";
    private const int SaltSize = 16, KeySize = 32, TagSize = 16, BlockSize = 8;

    // A file of somebody else's may ask for any amount of memory: this is 1 GiB.
    private const int HighestWorkFactor = 20;

    // A head with one passphrase has about 150 bytes.
    private const int LongestHeader = 1024;

    public static byte[] Seal(byte[] fileKey, byte[] passphrase, int workFactor)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var body = new byte[fileKey.Length + TagSize];
        using (var cipher = new ChaCha20Poly1305(WrappingKey(passphrase, salt, workFactor)))
            cipher.Encrypt(stackalloc byte[12], fileKey, body.AsSpan(0, fileKey.Length), body.AsSpan(fileKey.Length));
        var head = $"{Version}\n-> scrypt {Encode(salt)} {workFactor}\n{Encode(body)}\n{End}";
        return Encoding.ASCII.GetBytes($"{head} {Encode(Code(fileKey, head))}\n");
    }

    /// <summary>Reads up to the end of the head and no further.</summary>
    public static async Task<string> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < LongestHeader && await source.ReadAsync(one, cancellationToken) == 1)
        {
            text.Append((char)one[0]);
            if (one[0] == '\n' && Parts().IsMatch(text.ToString())) return text.ToString();
        }

        throw new AgeException("This is not a file that was encrypted with a passphrase.");
    }

    /// <exception cref="AgeException">Another passphrase, or altered.</exception>
    public static byte[] Open(string header, byte[] passphrase)
    {
        var parts = Parts().Match(header);
        var workFactor = int.Parse(parts.Groups["factor"].ValueSpan, CultureInfo.InvariantCulture);
        if (workFactor > HighestWorkFactor) throw new AgeException($"The file asks for more work than this program does for one (2^{workFactor}).");

        var body = Decode(parts.Groups["body"].Value);
        var fileKey = new byte[body.Length - TagSize];
        try
        {
            using var cipher = new ChaCha20Poly1305(WrappingKey(passphrase, Decode(parts.Groups["salt"].Value), workFactor));
            cipher.Decrypt(stackalloc byte[12], body.AsSpan(0, fileKey.Length), body.AsSpan(fileKey.Length), fileKey);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new AgeException("The passphrase or key file is not the one that the file was written with, or the file was altered.");
        }

        return CryptographicOperations.FixedTimeEquals(Code(fileKey, parts.Groups["head"].Value), Decode(parts.Groups["code"].Value))
            ? fileKey
            : throw new AgeException("The file was altered.");
    }

    private static byte[] WrappingKey(byte[] passphrase, byte[] salt, int workFactor) =>
        SCrypt.Generate(passphrase, [.. Encoding.ASCII.GetBytes(ScryptLabel), .. salt], 1 << workFactor, BlockSize, 1, KeySize);

    private static byte[] Code(byte[] fileKey, string head) => HMACSHA256.HashData(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, KeySize, salt: [], info: "header"u8.ToArray()), Encoding.ASCII.GetBytes(head));

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    // One text for one value: bits that a decoder would drop must not be there.
    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length * 6 / 8];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out _) && Encode(bytes) == text
            ? bytes
            : throw new AgeException("The file was altered.");
    }

    // Sizes are fixed: 16 bytes of salt, 32 of wrapped key, 32 of code.
    [GeneratedRegex(
        @"\A(?<head>age-encryption\.org/v1\n-> scrypt (?<salt>[A-Za-z0-9+/]{22}) (?<factor>[1-9][0-9]?)\n(?<body>[A-Za-z0-9+/]{43})\n---) (?<code>[A-Za-z0-9+/]{43})\n\z")]
    private static partial Regex Parts();
}
