using System.Security.Cryptography;

namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>
/// The code that a user carries from a device to a browser: eight consonants (RFC 8628, section 6.1: no words, nothing that looks alike),
/// one of 25.6 thousand million. It cannot be tried out: each try needs a password that is right, and those are limited.
/// </summary>
internal static class UserCode
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Length = 8;

    /// <summary>A new code such as <c>BCDF-GHJK</c>.</summary>
    public static string New() => Shown(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>The code that somebody typed, in whatever case and with whatever between, or null.</summary>
    public static string? Parse(string? typed)
    {
        if (typed is null or { Length: > 64 }) return null;
        var letters = string.Concat(typed.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters.Length == Length && letters.All(Alphabet.Contains) ? Shown(letters) : null;
    }

    private static string Shown(string letters) => $"{letters[..4]}-{letters[4..]}";
}
