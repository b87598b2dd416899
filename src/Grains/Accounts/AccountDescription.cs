using System.Collections.Immutable;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Grains.Accounts;

/// <summary>An account in a list.</summary>
/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Name">Its display name.</param>
[GenerateSerializer, Immutable]
public sealed record AccountSummary(string AccountId, string Name);

/// <summary>An account as its members see it.</summary>
/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Name">Its display name.</param>
/// <param name="OwnerUserId">Who created it.</param>
/// <param name="SecondaryOwnerUserIds">Who shares it.</param>
/// <param name="Environments">Its environments, oldest first, without those being destroyed.</param>
[GenerateSerializer, Immutable]
public sealed record AccountDescription(
    string AccountId,
    string Name,
    string OwnerUserId,
    ImmutableArray<string> SecondaryOwnerUserIds,
    ImmutableArray<EnvironmentSummary> Environments);
