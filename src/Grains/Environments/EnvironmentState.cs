using System.Collections.Immutable;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Idempotency;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Environments;

internal sealed record EnvironmentState : IHoldsSecrets<EnvironmentState>
{
    /// <summary>What the requests in <see cref="Idempotency"/> begin with whose answer is an API key's secret.</summary>
    public const string ApiKeyRequest = "key ";

    public string AccountId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Region { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DesiredEnvironment Desired { get; init; } = new(Tier.Free, "", Destroyed: false, Generation: 0);

    public ObservedEnvironment Observed { get; init; } = ObservedEnvironment.Nothing;

    public string SigningPublicKey { get; init; } = "";

    /// <summary>PEM, protected for <see cref="SecretPurpose.SigningKey"/>.</summary>
    public string SigningPrivateKey { get; init; } = "";

    /// <summary>What a rotation is to lead to, or null while none was begun.</summary>
    public SigningPair? NextSigningPair { get; init; }

    /// <summary>The public key before the present one while it is still accepted, or null.</summary>
    public RetiringKey? RetiringKey { get; init; }

    public LoopbackPorts? LoopbackPorts { get; init; }

    public ImmutableArray<EnvironmentApiKey> ApiKeys { get; init; } = [];

    /// <summary>Names of the tunnels that were ever open.</summary>
    public ImmutableArray<string> Tunnels { get; init; } = [];

    public ImmutableArray<EnvironmentCondition> Conditions { get; init; } = [];

    public ImmutableArray<EnvironmentEvent> Events { get; init; } = [];

    public long ResourceVersion { get; init; }

    /// <summary>Answers to <see cref="ApiKeyRequest"/> are protected for <see cref="SecretPurpose.ApiKeyReplay"/>.</summary>
    public IdempotencyLog Idempotency { get; init; } = new();

    EnvironmentState IHoldsSecrets<EnvironmentState>.ChangeSecrets(string grainKey, Func<string, string, string> change)
    {
        var (signing, replay) = (SecretPurpose.SigningKey(grainKey), SecretPurpose.ApiKeyReplay(grainKey));
        return this with
        {
            SigningPrivateKey = SigningPrivateKey.Length == 0 ? "" : change(signing, SigningPrivateKey),
            NextSigningPair = NextSigningPair is { } next ? next with { PrivateKey = change(signing, next.PrivateKey) } : null,
            Idempotency = new IdempotencyLog
            {
                Calls = [.. Idempotency.Calls.Select(call => call.Request.StartsWith(ApiKeyRequest, StringComparison.Ordinal)
                    ? call with { Answer = change(replay, call.Answer) }
                    : call)],
            },
        };
    }
}

/// <summary>What is asked for.</summary>
/// <param name="Tier">Decides its size.</param>
/// <param name="Version">Of restate-server.</param>
/// <param name="Destroyed">To be taken away: no way back.</param>
/// <param name="Generation">Rises with every change of the above and of the key pair in use.</param>
internal sealed record DesiredEnvironment(Tier Tier, string Version, bool Destroyed, long Generation);

/// <summary>What was last seen.</summary>
internal sealed record ObservedEnvironment(
    EnvironmentStatus Status, string Reason, string? RunningVersion, UpstreamAddress? Ingress, UpstreamAddress? Admin)
{
    public static readonly ObservedEnvironment Nothing = new(EnvironmentStatus.Pending, "It is about to be created.", null, null, null);
}

/// <summary>A key pair for calls to services.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="PrivateKey">PEM, protected for <see cref="SecretPurpose.SigningKey"/>.</param>
internal sealed record SigningPair(string PublicKey, string PrivateKey);

/// <summary>A public key that was replaced.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="AcceptedUntil">Null until its successor is seen in use.</param>
internal sealed record RetiringKey(string PublicKey, DateTimeOffset? AcceptedUntil);

/// <summary>A key of the environment. While its grain may not know all, <paramref name="Record"/> is what to tell it.</summary>
internal sealed record EnvironmentApiKey(string KeyId, ApiKeyPhase Phase, ApiKeyRecord? Record);

internal enum ApiKeyPhase
{
    Creating,
    Active,
    Revoking,
    Revoked,
}
