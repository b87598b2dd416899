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

    /// <param name="credential">What was presented.</param>
    /// <param name="memo">What the connection remembers, or null where it remembers nothing.</param>
    /// <param name="address">Whose failures are counted.</param>
    public ValueTask<Authentication> AuthenticateAsync(Credential credential, CredentialMemo? memo, IPAddress? address)
    {
        var text = credential.Text.Span;
        if (!ApiKeySecret.TryReadKeyId(text, out var keyId)) return new(Refuse(address));
        if (keys.TryGetFresh(keyId, out var key)) return new(Check(key, credential, memo, address));

        return failures.IsExhausted(address) && !keys.Knows(keyId)
            ? new(Authentication.Failed(AuthenticationFailure.TooManyFailures))
            : LoadAsync(keys.GetAsync(keyId), credential, memo, address);
    }

    /// <summary>Whether a key whose secret was presented before is still good: neither revoked nor expired.</summary>
    /// <exception cref="GrainUnavailableException">It is not known here and the silo does not answer.</exception>
    public async ValueTask<bool> IsGoodAsync(string keyId) =>
        await keys.GetAsync(keyId) is { Record.State: ApiKeyState.Active } key && !HasExpired(key, clock.GetUtcNow());

    private async ValueTask<Authentication> LoadAsync(
        ValueTask<KnownApiKey?> loading, Credential credential, CredentialMemo? memo, IPAddress? address)
    {
        try
        {
            return Check(await loading, credential, memo, address);
        }
        catch (GrainUnavailableException)
        {
            return Authentication.Failed(AuthenticationFailure.Unavailable);
        }
    }

    private Authentication Check(KnownApiKey? key, Credential credential, CredentialMemo? memo, IPAddress? address)
    {
        if (key is null || key.Record.State != ApiKeyState.Active) return Refuse(address);
        if (!ReferenceEquals(memo?.Recall(credential.Header), key))
        {
            if (!ApiKeySecret.Matches(credential.Text.Span, key.Record.Hash.AsSpan())) return Refuse(address);
            memo?.Remember(credential.Header, key);
        }

        var now = clock.GetUtcNow();
        if (HasExpired(key, now)) return Authentication.Failed(AuthenticationFailure.Expired);

        usage.Used(key, now);
        return Authentication.Of(key.Principal);
    }

    private static bool HasExpired(KnownApiKey key, DateTimeOffset now) => key.Record.ExpiresAt <= now;

    private Authentication Refuse(IPAddress? address)
    {
        failures.Add(address);
        return Authentication.Failed(AuthenticationFailure.Invalid);
    }
}
