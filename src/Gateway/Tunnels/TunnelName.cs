using System.Buffers;
using System.Security.Cryptography;

namespace RestateCloud.Gateway.Tunnels;

/// <summary>
/// Names of tunnels: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, the first a letter or a digit. A name is a path segment of
/// registered URIs and part of a grain's key.
/// </summary>
internal static class TunnelName
{
    /// <summary>The rule, for people.</summary>
    public const string Rule = "1 to 64 letters, digits, '-', '_' and '.', beginning with a letter or a digit";

    private const int MaximumLength = 64;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaximumLength && char.IsAsciiLetterOrDigit(name[0]) && !name.ContainsAnyExcept(Allowed);

    /// <summary>A name for a client that leaves the choice to the server.</summary>
    public static string New() => $"tunnel-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
