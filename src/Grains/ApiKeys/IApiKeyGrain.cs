using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Concurrency;

namespace RestateCloud.Grains.ApiKeys;

/// <summary>An API key; key <c>key_…</c>. Created and revoked through its environment; read by gateways.</summary>
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Called by its environment; idempotent.</summary>
    Task CreateAsync(ApiKeyRecord record, CancellationToken cancellationToken = default);

    /// <summary>The key, or null when there is none of this id.</summary>
    [AlwaysInterleave]
    Task<ApiKeyRecord?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Called by gateways at most once a minute a key, so that tenants see which keys are in use.</summary>
    Task MarkUsedAsync(DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Called by its environment: DELETED from now on, durable and told to the gateways when this returns. Idempotent.</summary>
    Task RevokeAsync(CancellationToken cancellationToken = default);

    /// <summary>Called by its environment at the end of its life: nothing is left of the key. Idempotent.</summary>
    Task ForgetAsync(CancellationToken cancellationToken = default);
}

/// <summary>All that is kept of a key.</summary>
/// <param name="KeyId"><c>key_…</c></param>
/// <param name="EnvironmentId">The one environment it belongs to.</param>
/// <param name="AccountId">That environment's account.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">See <see cref="ApiKeySecret.Hash"/>.</param>
/// <param name="State">Only ACTIVE is accepted.</param>
/// <param name="Description">The tenant's words.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it is refused, or null.</param>
/// <param name="LastUsedAt">When it was last used, to the minute, or null.</param>
[GenerateSerializer, Immutable]
public sealed record ApiKeyRecord(
    string KeyId,
    string EnvironmentId,
    string AccountId,
    ApiKeyRole Role,
    ImmutableArray<byte> Hash,
    ApiKeyState State,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>A key as its account sees it: never its hash.</summary>
/// <param name="KeyId"><c>key_…</c></param>
/// <param name="EnvironmentId">The one environment it belongs to.</param>
/// <param name="AccountId">That environment's account.</param>
/// <param name="Role">What it may do.</param>
/// <param name="State">Whether it is accepted.</param>
/// <param name="Description">The tenant's words.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it is refused, or null.</param>
/// <param name="LastUsedAt">When it was last used, to the minute, or null.</param>
[GenerateSerializer, Immutable]
public sealed record ApiKeyDescription(
    string KeyId,
    string EnvironmentId,
    string AccountId,
    ApiKeyRole Role,
    ApiKeyState State,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>A key at the one moment its secret is known.</summary>
/// <param name="Description">The key.</param>
/// <param name="Secret"><c>key_&lt;id&gt;.&lt;secret&gt;</c>; never logged.</param>
[GenerateSerializer, Immutable]
public sealed record CreatedApiKey(ApiKeyDescription Description, string Secret)
{
    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => Description.KeyId;
}

/// <summary>The life of a key.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiKeyState>))]
public enum ApiKeyState
{
    /// <summary>Accepted until it expires.</summary>
    [JsonStringEnumMemberName("ACTIVE")] Active,

    /// <summary>Revoked for good.</summary>
    [JsonStringEnumMemberName("DELETED")] Deleted,
}
