using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.ControlApi.ApiKeys;

/// <summary>An API key in a list.</summary>
/// <param name="KeyId"><c>key_…</c></param>
/// <param name="EnvironmentId">The environment that it opens.</param>
internal sealed record ApiKeyItem(string KeyId, string EnvironmentId)
{
    /// <summary>The active keys of an environment, oldest first.</summary>
    public static IReadOnlyList<ApiKeyItem> ListOf(EnvironmentDescription environment) =>
        [.. environment.ApiKeyIds.Select(keyId => new ApiKeyItem(keyId, environment.EnvironmentId))];
}
