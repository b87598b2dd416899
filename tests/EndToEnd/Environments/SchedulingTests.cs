using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Environments;

/// <summary>Who takes a core from whom.</summary>
public sealed class SchedulingTests(SharedCloud cloud)
{
    [Fact]
    public async Task The_cloud_waits_for_whoever_is_at_work_and_an_environments_server_does_not()
    {
        await using var environment = await TenantEnvironment.CreateAsync(cloud.Alice);
        var server = ServerProcess.Of(cloud.DataFolder).Single(server => server.EnvironmentId == environment.Id);

        var workers = SchedulingPolicy.OfThreads(cloud.ProcessId).Where(thread => thread.Name is ".NET TP Worker" or ".NET Sockets").ToArray();

        Assert.NotEmpty(workers);
        Assert.All(workers, worker => Assert.Equal(SchedulingPolicy.Batch, worker.Policy));
        Assert.All(SchedulingPolicy.OfThreads(server.Id), thread => Assert.Equal(SchedulingPolicy.Other, thread.Policy));
    }
}
