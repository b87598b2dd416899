using System.Text;
using RestateCloud.Grains.Records;
using RestateCloud.Silo.Moving;
using RestateCloud.Silo.Moving.Age;
using RestateCloud.Silo.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Silo.Tests.Moving;

public sealed class MovingTests : IDisposable
{
    private const int Secrets = 4;
    private const int LeastWork = 1;

    private static readonly byte[] Passphrase = "correct horse battery"u8.ToArray();

    private readonly TemporaryFolder _folder = new("rc-export-");

    private string Exported => _folder.File("cloud.age");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_arrives_as_it_was_and_its_secrets_under_other_keys()
    {
        using var source = await FullCloudAsync();
        using var target = await TestCloud.NewAsync();

        Assert.Equal((await source.RecordsAsync()).Count, await ExportAsync(source));
        await ImportAsync(target);

        Assert.Equal(await source.OpenRecordsAsync(), await target.OpenRecordsAsync());
        var (before, after) = (await StatesAsync(source), await StatesAsync(target));
        Assert.DoesNotContain("secret-", before);
        Assert.DoesNotContain("secret-", after);
        Assert.NotEqual(before, after);
        await Assert.ThrowsAsync<StartupException>(async () => (await target.RecordsAsync()).ForEach(record => source.Cloud.WithOpenSecrets(record)));
    }

    [Fact]
    public async Task The_file_is_the_operators_alone_and_shows_nothing()
    {
        using var source = await FullCloudAsync();

        await ExportAsync(source);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Exported));
        Assert.Equal([Exported], Directory.EnumerateFiles(_folder.Path));
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Exported));
        Assert.DoesNotContain("secret-", text);
        Assert.DoesNotContain("environment", text);
    }

    // Data Protection's output begins so. What is left of it inside could be opened by nobody after the move.
    [Fact]
    public async Task Inside_the_file_every_secret_is_in_the_clear()
    {
        using var source = await FullCloudAsync();
        Assert.Equal(Secrets, (await StatesAsync(source)).Split("CfDJ8").Length - 1);

        await ExportAsync(source);

        await using var file = File.OpenRead(Exported);
        using var text = new StreamReader(await AgeFile.DecryptAsync(file, Passphrase, CancellationToken.None));
        Assert.DoesNotContain("CfDJ8", await text.ReadToEndAsync());
    }

    [Fact]
    public async Task An_altered_file_a_cut_one_and_another_passphrase_leave_the_target_empty()
    {
        using var source = await FullCloudAsync(users: 150);
        using var target = await TestCloud.NewAsync();
        await ExportAsync(source);
        var whole = await File.ReadAllBytesAsync(Exported);
        Assert.InRange(whole.Length, 200_000, int.MaxValue);

        await RefusedAsync(target, "passphrase", "incorrect horse battery"u8.ToArray());
        await File.WriteAllBytesAsync(Exported, [.. whole[..^70_000], (byte)(whole[^70_000] ^ 1), .. whole[^69_999..]]);
        await RefusedAsync(target, "altered", Passphrase);
        await File.WriteAllBytesAsync(Exported, whole[..^70_000]);
        await RefusedAsync(target, "cut off", Passphrase);
        await File.WriteAllTextAsync(Exported, "something else");
        await RefusedAsync(target, "not a file", Passphrase);

        Assert.Empty(await target.RecordsAsync());
        await File.WriteAllBytesAsync(Exported, whole);
        await ImportAsync(target);
        Assert.Equal(await source.OpenRecordsAsync(), await target.OpenRecordsAsync());
    }

    [Fact]
    public async Task A_target_that_is_not_empty_is_refused_and_keeps_what_it_has()
    {
        using var source = await FullCloudAsync();
        using var target = await TestCloud.NewAsync();
        await ExportAsync(source);
        var reminder = new ReminderRecord("user", "user_1", "alone", DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1));
        await target.FillAsync([reminder]);

        var refusal = await Assert.ThrowsAsync<GrainRecordsException>(() => ImportAsync(target));

        Assert.Contains("not empty", refusal.Message);
        Assert.Equal([reminder], await target.RecordsAsync());
    }

    [Fact]
    public async Task An_import_that_is_refused_at_its_very_end_leaves_nothing()
    {
        using var source = await FullCloudAsync();
        using var target = await TestCloud.NewAsync();
        await ExportAsync(source);

        await Assert.ThrowsAsync<StartupException>(() => ImportAsync(target, () => throw new StartupException("No.")));

        Assert.Empty(await target.RecordsAsync());
    }

    [Fact]
    public async Task A_cloud_of_another_region_is_refused()
    {
        using var source = await FullCloudAsync();
        using var target = await TestCloud.NewAsync("--Region=elsewhere");
        await ExportAsync(source);

        Assert.Contains("elsewhere", (await Assert.ThrowsAsync<StartupException>(() => ImportAsync(target))).Message);
    }

    [Fact]
    public async Task An_existing_file_is_not_written_over()
    {
        using var source = await FullCloudAsync();
        await File.WriteAllTextAsync(Exported, "mine");

        await Assert.ThrowsAsync<StartupException>(() => ExportAsync(source));

        Assert.Equal("mine", await File.ReadAllTextAsync(Exported));
        Assert.Equal([Exported], Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task Secrets_that_the_clouds_keys_do_not_open_stop_an_export()
    {
        using var source = await FullCloudAsync();
        foreach (var key in Directory.EnumerateFiles(source.Data.Keys)) File.Delete(key);
        using var cloud = StoppedCloud.Open(source.Data, source.Settings);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => Export.RunAsync(cloud, Exported, Passphrase, LeastWork, CancellationToken.None));

        Assert.Contains("keys", refusal.Message);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    private static async Task<TestCloud> FullCloudAsync(int users = 0)
    {
        var cloud = await TestCloud.NewAsync();
        await cloud.FillAsync([.. SampleRecords.All(cloud.Cloud.Records.StateSerialization), .. SampleRecords.Users(users)]);
        return cloud;
    }

    private Task<int> ExportAsync(TestCloud cloud) => Export.RunAsync(cloud.Cloud, Exported, Passphrase, LeastWork, CancellationToken.None);

    private Task<Imported> ImportAsync(TestCloud cloud, Action? beforeCommit = null, byte[]? passphrase = null) =>
        Import.RunAsync(cloud.Cloud, Exported, passphrase ?? Passphrase, beforeCommit ?? (() => { }), CancellationToken.None);

    private async Task RefusedAsync(TestCloud cloud, string why, byte[] passphrase) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<StartupException>(() => ImportAsync(cloud, passphrase: passphrase))).Message);

    private static async Task<string> StatesAsync(TestCloud cloud) =>
        string.Join('\n', (await cloud.RecordsAsync()).OfType<StateRecord>().Select(state => state.Json));
}
