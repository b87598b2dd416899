using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Grains.Environments;

/// <summary>The environment's keys: a change is first written here, then told to the key's own grain, and told again after a crash.</summary>
internal sealed partial class EnvironmentGrain
{
    private const int DescriptionLimit = 256;
    private const int RememberedRevocations = 100;

    public async Task<CreatedApiKey> CreateApiKeyAsync(
        ApiKeyRole role, string? description, DateTimeOffset? expiresAt, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var now = time.GetUtcNow();
        var request = $"{EnvironmentState.ApiKeyRequest}{role} {description} {expiresAt:O}";
        if (state.State.Idempotency.Find(idempotencyKey, request, now) is { } replay)
            return await ReplayAsync(protector.Unprotect(SecretPurpose.ApiKeyReplay(EnvironmentId), replay), cancellationToken);

        Check(role, description, expiresAt, now);
        var keyId = ResourceId.New(ResourceId.ApiKey);
        var secret = ApiKeySecret.New(keyId);
        var record = new ApiKeyRecord(
            keyId, EnvironmentId, state.State.AccountId, role, [.. ApiKeySecret.Hash(secret)], ApiKeyState.Active, description, now, expiresAt, LastUsedAt: null);
        var kept = idempotencyKey is null ? "" : protector.Protect(SecretPurpose.ApiKeyReplay(EnvironmentId), secret);
        await state.SaveAsync((state.State with
        {
            ApiKeys = state.State.ApiKeys.Add(new EnvironmentApiKey(keyId, ApiKeyPhase.Creating, record)),
            Idempotency = state.State.Idempotency.Add(idempotencyKey, request, kept, now),
        }).Event("ApiKeyCreated", $"API key {keyId} was created.", now));
        await ResumeApiKeysAsync(cancellationToken);
        return new CreatedApiKey(Describe(record), secret);
    }

    public async Task<ApiKeyDescription?> DescribeApiKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!IsWanted() || !state.State.ApiKeys.Any(k => k.KeyId == keyId)) return null;

        return await GrainFactory.GetGrain<IApiKeyGrain>(keyId).GetAsync(cancellationToken) is { } record ? Describe(record) : null;
    }

    public async Task DeleteApiKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var key = state.State.ApiKeys.FirstOrDefault(k => k.KeyId == keyId)
            ?? throw new CloudException(CloudError.NotFound, "There is no such API key in this environment.");
        if (key.Phase == ApiKeyPhase.Revoked) return;

        if (key.Phase != ApiKeyPhase.Revoking)
        {
            await state.SaveAsync((state.State with { ApiKeys = state.State.ApiKeys.Replace(key, key with { Phase = ApiKeyPhase.Revoking }) })
                .Event("ApiKeyDeleted", $"API key {keyId} was deleted.", time.GetUtcNow()));
        }

        await ResumeApiKeysAsync(cancellationToken);
    }

    // What is done is noted in memory only: the next write carries it, and telling a key again changes nothing.
    private async Task ResumeApiKeysAsync(CancellationToken cancellationToken)
    {
        foreach (var key in state.State.ApiKeys.Where(k => k.Record is not null || k.Phase == ApiKeyPhase.Revoking))
        {
            var grain = GrainFactory.GetGrain<IApiKeyGrain>(key.KeyId);
            if (key.Record is { } record) await grain.CreateAsync(record, cancellationToken);
            if (key.Phase == ApiKeyPhase.Revoking) await grain.RevokeAsync(cancellationToken);

            var done = key.Phase == ApiKeyPhase.Revoking ? ApiKeyPhase.Revoked : ApiKeyPhase.Active;
            state.State = state.State with { ApiKeys = state.State.ApiKeys.Replace(key, key with { Record = null, Phase = done }) };
        }

        await ForgetOldRevocationsAsync(cancellationToken);
    }

    private async Task ForgetOldRevocationsAsync(CancellationToken cancellationToken)
    {
        foreach (var key in state.State.ApiKeys.Where(k => k.Phase == ApiKeyPhase.Revoked).SkipLast(RememberedRevocations))
        {
            await GrainFactory.GetGrain<IApiKeyGrain>(key.KeyId).ForgetAsync(cancellationToken);
            state.State = state.State with { ApiKeys = state.State.ApiKeys.Remove(key) };
        }
    }

    private async Task<CreatedApiKey> ReplayAsync(string secret, CancellationToken cancellationToken)
    {
        await ResumeApiKeysAsync(cancellationToken);
        var description = await DescribeApiKeyAsync(ApiKeySecret.KeyIdOf(secret)!, cancellationToken)
            ?? throw new CloudException(CloudError.Conflict, "The API key that this idempotency key created is gone; use a new idempotency key.");
        return new CreatedApiKey(description, secret);
    }

    private void Check(ApiKeyRole role, string? description, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (!Enum.IsDefined(role)) throw new CloudException(CloudError.Invalid, "There is no such role.");
        if (description is { Length: > DescriptionLimit } || description?.Any(char.IsControl) == true)
            throw new CloudException(CloudError.Invalid, $"A description has at most {DescriptionLimit} characters, none of them control characters.");
        if (expiresAt <= now) throw new CloudException(CloudError.Invalid, "A key cannot expire in the past.");

        var limit = tiers.Of(state.State.Desired.Tier).ApiKeysPerEnvironment;
        if (state.State.ApiKeys.Count(IsListed) >= limit)
            throw new CloudException(CloudError.QuotaExceeded, $"The environment has {limit} API keys, which is the limit; delete one first.");
    }

    private static bool IsListed(EnvironmentApiKey key) => key.Phase is ApiKeyPhase.Creating or ApiKeyPhase.Active;

    private static ApiKeyDescription Describe(ApiKeyRecord r) =>
        new(r.KeyId, r.EnvironmentId, r.AccountId, r.Role, r.State, r.Description, r.CreatedAt, r.ExpiresAt, r.LastUsedAt);
}
