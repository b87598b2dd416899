using RestateCloud.EndToEnd.Tests.Clouds;

namespace RestateCloud.EndToEnd.Tests.Moving;

public sealed class IntoAClusterTests
{
    [Fact]
    public async Task A_cloud_on_one_machine_moves_into_a_cluster_and_back()
    {
        Assert.SkipUnless(File.Exists(CloudProgram.OnOneMachine.Path), $"The default build has not been made: {CloudProgram.OnOneMachine.Path}");
        await using var old = await Cloud.StartAsync(CloudProgram.OnOneMachine, prepare: null);
        await using var tenant = await MovingTenant.SettleInAsync(old);

        await using var cluster = await CloudMove.ToAsync(CloudProgram.OfThisBuild, old);
        await tenant.FindsEverythingAsync(cluster);
        await using var back = await CloudMove.ToAsync(CloudProgram.OnOneMachine, cluster);

        await tenant.FindsEverythingAsync(back);
    }
}
