using System.Buffers;
using System.Security.Cryptography;

namespace RestateCloud.Grains.Identifiers;

/// <summary>
/// Identifiers of cloud resources: a kind, an underscore and 20 characters that cannot be guessed (100 random bits), lower-case
/// letters and digits only, because an environment's bare id is a host name label, a path segment and a cluster name suffix.
/// </summary>
public static class ResourceId
{
    /// <summary>Prefix of a user's id.</summary>
    public const string User = "user";

    /// <summary>Prefix of an account's id.</summary>
    public const string Account = "acc";

    /// <summary>Prefix of an environment's id.</summary>
    public const string Environment = "env";

    /// <summary>Prefix of an API key's id.</summary>
    public const string ApiKey = "key";

    private const int Length = 20;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>A new identifier such as <c>env_4h2k…</c>.</summary>
    /// <param name="kind">One of the prefixes of this type.</param>
    public static string New(string kind) => $"{kind}_{RandomNumberGenerator.GetString(Alphabet, Length)}";

    /// <summary>Whether the text has the form of an identifier of this kind; says nothing about its existence.</summary>
    public static bool IsValid(string kind, ReadOnlySpan<char> id) =>
        id.Length == kind.Length + 1 + Length
        && id.StartsWith(kind, StringComparison.Ordinal)
        && id[kind.Length] == '_'
        && !id[(kind.Length + 1)..].ContainsAnyExcept(Allowed);

    /// <summary>The bare id of an environment: its id without <c>env_</c>.</summary>
    public static string Bare(string environmentId) => environmentId[(Environment.Length + 1)..];

    /// <summary>The environment's id of a bare id, or null when the text cannot be one.</summary>
    public static string? FromBare(ReadOnlySpan<char> bareId)
    {
        var id = $"{Environment}_{bareId}";
        return IsValid(Environment, id) ? id : null;
    }
}
