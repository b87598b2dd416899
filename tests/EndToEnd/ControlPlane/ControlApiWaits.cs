using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.ControlPlane;

/// <summary>Waits for what the cloud has promised.</summary>
public static class ControlApiWaits
{
    /// <summary>The environment, once it is ACTIVE and runs the version that was asked for.</summary>
    public static Task<EnvironmentDescription> ActiveEnvironmentAsync(this ControlApi api, string account, string environmentId) =>
        Eventually.GetAsync(
            async () => await api.DescribeEnvironmentAsync(account, environmentId) is { Status: "ACTIVE" } environment
                && environment.RunningVersion == environment.Version ? environment : null,
            $"{environmentId} is ACTIVE in its version",
            TimeSpan.FromSeconds(60));
}
