using System.Collections.Immutable;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Idempotency;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Accounts;

internal sealed record AccountState
{
    public string Name { get; init; } = "";

    public string OwnerUserId { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its owner has asked for the account to be deleted; it ends once every member has let go of it.</summary>
    public bool Deleting { get; init; }

    public ImmutableArray<AccountMember> SecondaryOwners { get; init; } = [];

    public ImmutableArray<AccountEnvironment> Environments { get; init; } = [];

    public IdempotencyLog Idempotency { get; init; } = new();
}

/// <summary>A user who shares the account, or is about to, or is about to no longer.</summary>
internal sealed record AccountMember(string UserId, MemberPhase Phase);

internal enum MemberPhase
{
    Joining,
    Present,
    Leaving,
}

/// <summary>An environment of the account. What is still to be told to its grain is in <paramref name="Phase"/>.</summary>
internal sealed record AccountEnvironment(string EnvironmentId, string Name, string Region, Tier Tier, string Version, ChildPhase Phase)
{
    public EnvironmentSummary Summary => new(EnvironmentId, Name, Region, Tier);

    public EnvironmentCreation CreationIn(string accountId) => new(accountId, Name, Region, Tier, Version);
}

internal enum ChildPhase
{
    /// <summary>The grain may not know of it yet.</summary>
    Creating,

    /// <summary>The grain may not know of its new tier yet.</summary>
    Changing,

    /// <summary>The grain knows all.</summary>
    Settled,

    /// <summary>Asked to be destroyed; remembered until nothing is left of it.</summary>
    Destroying,
}
