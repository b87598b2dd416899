using System.Net;
using RestateCloud.Gateway.Caching;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Identity;

/// <summary>
/// Knows API keys by their id, which is no secret, and compares hashes in constant time. What is cached holds no secret, and revoking a
/// key is forgetting one entry.
/// </summary>
internal sealed class ApiKeyAuthenticator(GrainCache<KnownApiKey> keys, FailureLimiter failures, KeyUsageReporter usage, TimeProvider clock)
{
    /// <summary>Whether a credential has the form of an API key; otherwise it is taken for an access token.</summary>
    public static bool Recognizes(ReadOnlySpan<char> credential) => credential.StartsWith("key_", StringComparison.Ordinal);

    public ValueTask<Authentication> AuthenticateAsync(ReadOnlyMemory<char> credential, IPAddress? address)
    {
        if (!ApiKeySecret.TryReadKeyId(credential.Span, out var keyId)) return new(Refuse(address));
        if (keys.TryGetFresh(keyId, out var key)) return new(Check(key, credential.Span, address));

        return failures.IsExhausted(address) && !keys.Knows(keyId)
            ? new(Authentication.Failed(AuthenticationFailure.TooManyFailures))
            : LoadAsync(keys.GetAsync(keyId), credential, address);
    }

    private async ValueTask<Authentication> LoadAsync(ValueTask<KnownApiKey?> loading, ReadOnlyMemory<char> credential, IPAddress? address)
    {
        try
        {
            return Check(await loading, credential.Span, address);
        }
        catch (GrainUnavailableException)
        {
            return Authentication.Failed(AuthenticationFailure.Unavailable);
        }
    }

    private Authentication Check(KnownApiKey? key, ReadOnlySpan<char> credential, IPAddress? address)
    {
        if (key is null || !ApiKeySecret.Matches(credential, key.Record.Hash.AsSpan())) return Refuse(address);
        if (key.Record.State != ApiKeyState.Active) return Refuse(address);
        var now = clock.GetUtcNow();
        if (key.Record.ExpiresAt <= now) return Authentication.Failed(AuthenticationFailure.Expired);

        usage.Used(key, now);
        return Authentication.Of(key.Principal);
    }

    private Authentication Refuse(IPAddress? address)
    {
        failures.Add(address);
        return Authentication.Failed(AuthenticationFailure.Invalid);
    }
}
