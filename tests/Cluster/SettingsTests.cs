using RestateCloud.EndToEnd.Tests;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests;

/// <summary>A member that cannot be what it is told to be says why and does not start.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task A_negative_time_to_leave_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await using var silo = ChildProcess.Start(
            "dotnet", [Build.Silo, "--role", "silo", "--data", folder.Path, "--Cluster:ConnectionString=Host=/nowhere", "--Cluster:LeaveTime=-00:00:01"]);

        Assert.Equal(1, await silo.ExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("Cluster:LeaveTime is -00:00:01: it cannot be negative.", silo.Output);
    }
}
