using System.Buffers;
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
    public static bool IsGenuine(ReadOnlySpan<byte> token, IdentityKeySet keys, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        if (token.Length > MaximumLength) return false;
        if (keys.Verified.Find(token) is { } known) return keys.Find(known.KeyId, now) is not null && known.Hold(path, now);
        return Ascii.IsValid(token) && Verify(token.ToArray(), keys, path, now);
    }

    /// <inheritdoc cref="IsGenuine(ReadOnlySpan{byte}, IdentityKeySet, ReadOnlySpan{char}, DateTimeOffset)"/>
    public static bool IsGenuine(ReadOnlySpan<char> token, IdentityKeySet keys, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        if (token.Length > MaximumLength) return false;
        Span<byte> bytes = stackalloc byte[token.Length];
        return Ascii.FromUtf16(token, bytes, out _) == OperationStatus.Done && IsGenuine(bytes, keys, path, now);
    }

    // The signature last: it is what costs.
    private static bool Verify(byte[] token, IdentityKeySet keys, ReadOnlySpan<char> path, DateTimeOffset now)
    {
        if (Split(Encoding.ASCII.GetString(token)) is not var (signed, header, body, signature)) return false;
        if (Read<Header>(header) is not { Algorithm: Algorithm, KeyId: { } id } || keys.Find(id, now) is not { } key) return false;
        if (Read<Claims>(body) is not { } said) return false;
        var claims = new IdentityClaims(id, said.Audience, said.NotBefore, said.Expires);
        if (!claims.Hold(path, now) || Bytes(signature) is not { } bytes || !key.Verify(Encoding.ASCII.GetBytes(signed), bytes)) return false;
        keys.Verified.Add(token, claims);
        return true;
    }

    private static (string Signed, string Header, string Claims, string Signature)? Split(string token)
    {
        if (token.Split('.', 4) is not [var header, var claims, var signature]) return null;
        return (token[..^(signature.Length + 1)], header, claims, signature);
    }

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
