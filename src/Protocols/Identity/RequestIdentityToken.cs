using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RestateCloud.Protocols.Identity;

/// <summary>
/// The JWT that restate-server puts on each call to a service (observed with 1.7.12): EdDSA by the environment's key, valid for about two
/// minutes, its audience the end of the path that is called. A general JWT library knows neither the algorithm nor such an audience.
/// </summary>
public static class RequestIdentityToken
{
    /// <summary>Genuine ones have about 400 characters.</summary>
    public const int MaximumLength = 4096;

    private const string Algorithm = "EdDSA";

    /// <summary>Whether a token says that this environment calls this path now. One signature is verified, however many keys there are.</summary>
    /// <param name="token">The token as it came.</param>
    /// <param name="keys">The environment's keys.</param>
    /// <param name="path">The path below the deployment's address, without the query.</param>
    /// <param name="now">The time.</param>
    public static bool IsGenuine(string token, IdentityKeySet keys, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        if (token.Length > MaximumLength || Split(token) is not var (signed, header, claims, signature)) return false;
        return Read<Header>(header) is { Algorithm: Algorithm, KeyId: { } id }
            && keys.Find(id, now) is { } key
            && Read<Claims>(claims) is { } said
            && IsInTime(said, now)
            && IsEndOf(path, said.Audience)
            && Bytes(signature) is { } bytes
            && key.Verify(Encoding.ASCII.GetBytes(signed), bytes);
    }

    private static (string Signed, string Header, string Claims, string Signature)? Split(string token)
    {
        if (token.Split('.', 4) is not [var header, var claims, var signature] || !Ascii.IsValid(token)) return null;
        return (token[..^(signature.Length + 1)], header, claims, signature);
    }

    private static bool IsInTime(Claims claims, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        return claims.NotBefore <= seconds && seconds < claims.Expires;
    }

    private static bool IsEndOf(ReadOnlySpan<char> path, string? audience) =>
        audience is ['/', _, ..] && path.EndsWith(audience, StringComparison.Ordinal);

    private static T? Read<T>(string part)
        where T : class
    {
        try
        {
            return Bytes(part) is { } json ? JsonSerializer.Deserialize<T>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Header(
        [property: JsonPropertyName("alg")] string? Algorithm,
        [property: JsonPropertyName("kid")] string? KeyId);

    private sealed record Claims(
        [property: JsonPropertyName("aud")] string? Audience,
        [property: JsonPropertyName("nbf"), JsonRequired] long NotBefore,
        [property: JsonPropertyName("exp"), JsonRequired] long Expires);
}
