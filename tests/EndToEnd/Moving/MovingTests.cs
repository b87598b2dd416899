using RestateCloud.EndToEnd.Tests.Clouds;

namespace RestateCloud.EndToEnd.Tests.Moving;

/// <summary>A cloud that its tenants use, on to another storage: <c>restate-cloud export</c> and <c>import</c>.</summary>
public sealed class MovingTests
{
    [Fact]
    public async Task A_cloud_moves_to_another_storage_and_its_tenants_notice_nothing()
    {
        await using var old = await Cloud.StartAsync();
        await using var tenant = await MovingTenant.SettleInAsync(old);

        await using var cloud = await CloudMove.ToAsync(CloudProgram.OfThisBuild, old);

        await tenant.FindsEverythingAsync(cloud);
    }
}
