using System.Net;
using System.Net.Sockets;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Startup;

/// <summary>A start that cannot succeed says so in one sentence and ends with exit code 1, and leaves nothing running.</summary>
public sealed class StartFailureTests(SharedCloud cloud)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_data_folder_in_use_by_another_cloud()
    {
        await FailsAsync(cloud.DataFolder, "in use");
    }

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var data = new TemporaryFolder(Leftovers.FolderPrefix);

        await FailsAsync(data.Path, $"{port}", $"--Ports:Admin={port}");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written()
    {
        // Not even root can make a folder there.
        await FailsAsync("/proc/restate-cloud", "/proc/restate-cloud");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file()
    {
        using var folder = new TemporaryFolder(Leftovers.FolderPrefix);
        await File.WriteAllTextAsync(folder.File("data"), "");

        await FailsAsync(folder.File("data"), folder.File("data"));
    }

    [Fact]
    public async Task A_machine_without_npm()
    {
        using var data = new TemporaryFolder(Leftovers.FolderPrefix);
        using var empty = new TemporaryFolder(Leftovers.FolderPrefix);

        await FailsAsync(data.Path, "npm", [], new Dictionary<string, string?> { ["PATH"] = empty.Path, ["XDG_CACHE_HOME"] = empty.Path });
    }

    [Fact]
    public async Task A_setting_that_is_not_a_number()
    {
        using var data = new TemporaryFolder(Leftovers.FolderPrefix);

        await FailsAsync(data.Path, "Ports:Admin", "--Ports:Admin=many");
    }

    private static Task FailsAsync(string dataFolder, string named, params string[] arguments) => FailsAsync(dataFolder, named, arguments, environment: null);

    private static async Task FailsAsync(string dataFolder, string named, string[] arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var storage = await CloudProgram.OfThisBuild.NewStorageAsync();
        await using var silo = SiloProcess.Start(Build.Silo, dataFolder, [.. storage, .. arguments], environment);
        Assert.Equal(1, await silo.ExitAsync(Limit));

        var lines = silo.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(lines, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Contains(named, lines[^1]);
        Assert.EndsWith(".", lines[^1]);
    }
}
