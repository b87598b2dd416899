using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Environments;

/// <summary>An environment in a list.</summary>
/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Region">Where it runs.</param>
/// <param name="Name">Unique in its account.</param>
/// <param name="TierId">Its tier.</param>
internal sealed record EnvironmentItem(string EnvironmentId, string Region, string Name, Tier TierId)
{
    /// <summary>The environments of an account, oldest first.</summary>
    public static IReadOnlyList<EnvironmentItem> ListOf(AccountDescription account) =>
        [.. account.Environments.Select(summary => new EnvironmentItem(summary.EnvironmentId, summary.Region, summary.Name, summary.Tier))];
}
