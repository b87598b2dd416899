using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Environments;

/// <summary>What an environment is created from.</summary>
/// <param name="Name">See <see cref="Identifiers.ResourceName"/>; unique in the account.</param>
/// <param name="Region">A region of this cloud, or null for its default.</param>
/// <param name="Tier">The tier it starts with.</param>
/// <param name="Version">The restate-server version, or null for the cloud's default.</param>
[GenerateSerializer, Immutable]
public sealed record NewEnvironment(string Name, string? Region, Tier Tier, string? Version = null);

/// <summary>An environment in a list.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Name">Unique in its account.</param>
/// <param name="Region">Where it runs.</param>
/// <param name="Tier">Its tier.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentSummary(string EnvironmentId, string Name, string Region, Tier Tier);
