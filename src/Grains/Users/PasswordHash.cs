using System.Security.Cryptography;

namespace RestateCloud.Grains.Users;

/// <summary>A password as it is kept: PBKDF2 with SHA-512 and a salt of its own.</summary>
/// <param name="Iterations">Rounds; old hashes keep theirs when the number is raised.</param>
/// <param name="Salt">16 random bytes, base64.</param>
/// <param name="Hash">32 bytes, base64.</param>
internal sealed record PasswordHash(int Iterations, string Salt, string Hash)
{
    // OWASP's recommendation for PBKDF2-HMAC-SHA512.
    private const int CurrentIterations = 210_000;
    private const int HashBytes = 32;

    /// <summary>Matches no password; checking against it takes as long as against a real one.</summary>
    public static readonly PasswordHash Nobody =
        new(CurrentIterations, Convert.ToBase64String(new byte[16]), Convert.ToBase64String(new byte[HashBytes]));

    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(CurrentIterations, Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt, CurrentIterations)));
    }

    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(
            Derive(password, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
