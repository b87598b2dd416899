using RestateCloud.TestSupport;

namespace RestateCloud.Silo.Tests.Hosting;

public sealed class StorageSettingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // A build without Azure Storage says so; one with it asks which account.
    [Theory]
    [InlineData("MySQL", "there is PostgreSQL and AzureStorage")]
    [InlineData("AzureStorage", "AzureStorage")]
    [InlineData("PostgreSQL", "Cluster:ConnectionString is not set")]
    public async Task A_storage_that_cannot_be_used_ends_the_start_with_a_sentence(string kind, string why)
    {
        using var folder = new TemporaryFolder();
        await using var silo = ChildProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "restate-cloud-silo"), ["--role", "silo", "--data", folder.Path, $"--Cluster:Storage={kind}"]);

        Assert.Equal(1, await silo.ExitAsync(Limit));

        Assert.Contains(why, silo.Output);
        Assert.Single(silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
