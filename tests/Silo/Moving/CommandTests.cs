using System.Diagnostics;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Silo.Moving;
using RestateCloud.Silo.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Silo.Tests.Moving;

/// <summary>The commands as programs.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Passphrase = "correct horse battery";
    private const int LeastWork = 1;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new("rc-export-");

    private string Exported => _folder.File("cloud.age");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_restate_cloud_export_writes_restate_cloud_import_reads()
    {
        using var source = await TestCloud.NewAsync();
        var records = SampleRecords.All(source.Cloud.Records.StateSerialization);
        await source.FillAsync(records);
        using var target = await TestCloud.NewAsync();
        await File.WriteAllTextAsync(_folder.File("key"), Passphrase + "\n");

        var written = await source.WhileClosedAsync(() => RunAsync("restate-cloud", source, ["export", Exported, "--key-file", _folder.File("key")]));
        var read = await target.WhileClosedAsync(() => RunAsync("restate-cloud", target, ["import", Exported], input: Passphrase + "\n"));

        Assert.Equal((0, 0), (written.ExitCode, read.ExitCode));
        Assert.Contains($"Wrote {records.Count} records", written.Output);
        Assert.Contains($"Imported {records.Count} records", read.Output);
        Assert.Contains($"from {source.Data.Path}/environments on", read.Output);
        Assert.Equal(await source.OpenRecordsAsync(), await target.OpenRecordsAsync());
    }

    [Fact]
    public async Task A_killed_import_leaves_nothing_and_can_be_repeated()
    {
        using var source = await TestCloud.NewAsync();
        await source.FillAsync([.. SampleRecords.All(source.Cloud.Records.StateSerialization), .. SampleRecords.Users(250)]);
        using var target = await TestCloud.NewAsync();
        await Export.RunAsync(source.Cloud, Exported, System.Text.Encoding.UTF8.GetBytes(Passphrase), LeastWork, CancellationToken.None);
        var pipe = _folder.File("pipe");
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync();

        await target.WhileClosedAsync(async () =>
        {
            await using var import = Start("restate-cloud-silo", target, ["import", pipe]);
            await import.WriteAsync(Passphrase + "\n");
            // A pipe holds 64 KiB: once all of this is written, the import has taken the most of it.
            await Task.Run(async () =>
            {
                await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                await writer.WriteAsync((await File.ReadAllBytesAsync(Exported)).AsMemory(..^1000));
                await import.KillAsync();
            }).WaitAsync(Limit);
            return 0;
        });

        Assert.Empty(await target.RecordsAsync());
        var repeated = await target.WhileClosedAsync(() => RunAsync("restate-cloud-silo", target, ["import", Exported], input: Passphrase + "\n"));
        Assert.Equal(0, repeated.ExitCode);
        Assert.Equal(await source.OpenRecordsAsync(), await target.OpenRecordsAsync());
    }

    [Fact]
    public async Task A_data_folder_in_use_is_left_alone()
    {
        using var cloud = await TestCloud.NewAsync();

        foreach (var command in (string[])["export", "import"])
        {
            var refused = await RunAsync("restate-cloud-silo", cloud, [command, Exported], input: Passphrase + "\n");

            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("in use by another process", refused.Output);
        }
    }

    [Fact]
    public async Task A_passphrase_that_is_too_short_is_refused()
    {
        using var cloud = await TestCloud.NewAsync();

        var refused = await cloud.WhileClosedAsync(() => RunAsync("restate-cloud-silo", cloud, ["export", Exported], input: "short\n"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("at least 12 characters", refused.Output);
        Assert.False(File.Exists(Exported));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_in_a_sentence()
    {
        using var cloud = await TestCloud.NewAsync();

        var refused = await cloud.WhileClosedAsync(
            () => RunAsync("restate-cloud-silo", cloud, ["export", "/nowhere/at/all.age"], input: Passphrase + "\n"));

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("The export cannot be written: ", refused.Output);
        Assert.Single(refused.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_option_that_does_not_exist_is_refused()
    {
        using var cloud = await TestCloud.NewAsync();

        var refused = await cloud.WhileClosedAsync(() => RunAsync("restate-cloud-silo", cloud, ["export", Exported, "--keyfile", "key"], input: Passphrase + "\n"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'--keyfile' is neither an option nor a setting", refused.Output);
    }

    [Fact]
    public async Task The_environments_own_data_moves_along_when_asked()
    {
        var environment = ResourceId.New(ResourceId.Environment);
        using var source = await TestCloud.NewAsync();
        await source.FillAsync(SampleRecords.All(source.Cloud.Records.StateSerialization));
        Directory.CreateDirectory(Path.Combine(source.Data.Path, "environments", environment));
        await File.WriteAllTextAsync(Path.Combine(source.Data.Path, "environments", environment, "data"), "rocks");
        using var target = await TestCloud.NewAsync();
        await Export.RunAsync(source.Cloud, Exported, System.Text.Encoding.UTF8.GetBytes(Passphrase), LeastWork, CancellationToken.None);

        var moved = await source.WhileClosedAsync(() => target.WhileClosedAsync(
            () => RunAsync("restate-cloud-silo", target, ["import", Exported, "--environments-from", source.Data.Path], input: Passphrase + "\n")));

        Assert.Equal(0, moved.ExitCode);
        Assert.Equal("rocks", await File.ReadAllTextAsync(Path.Combine(target.Data.Path, "environments", environment, "data")));
        Assert.Equal(await source.OpenRecordsAsync(), await target.OpenRecordsAsync());
    }

    private static ChildProcess Start(string program, TestCloud cloud, string[] arguments) =>
        ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, program), [.. arguments, "--data", cloud.Data.Path, .. cloud.Settings]);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, TestCloud cloud, string[] arguments, string? input = null)
    {
        await using var process = Start(program, cloud, arguments);
        if (input is not null) await process.WriteAsync(input);
        process.CloseInput();
        return (await process.ExitAsync(Limit), process.Output);
    }
}
