using System.Diagnostics;
using System.Text;
using RestateCloud.Grains.Secrets;
using RestateCloud.Provisioning.Tests.Support;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

/// <summary>Looks for the identity key, and for anything else the server should not have, where an attacker would.</summary>
public sealed class SecrecyTests
{
    [Theory]
    [InlineData(LocalCloud.Current)]
    [InlineData(LocalCloud.Previous)]
    public async Task The_identity_key_is_in_use_and_on_no_disk_and_in_no_argument_variable_or_log(string version)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec(version: version);
        var key = new TestSecrets().Unprotect(SecretPurpose.SigningKey(spec.EnvironmentId), spec.SigningKey).Split('\n')[1];
        await cloud.ReadyAsync(spec);
        var process = $"/proc/{cloud.Server(spec)}";

        Assert.DoesNotContain(key, File.ReadAllText($"{process}/cmdline"));
        Assert.DoesNotContain(key, File.ReadAllText($"{process}/environ"));
        Assert.DoesNotContain("KEY-----", File.ReadAllText($"{process}/environ"));
        var search = new ProcessStartInfo("grep", ["-rlF", "-D", "skip", "-e", key, "-e", "PRIVATE KEY-----", cloud.DataFolder]);
        search.RedirectStandardOutput = true;
        using var grep = Process.Start(search)!;
        Assert.Equal("", await grep.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Loaded request identity key", await SaidAsync(cloud, spec.EnvironmentId));

        // Held in memory only, and not to be altered.
        Assert.StartsWith("/memfd:", new FileInfo($"{process}/fd/0").LinkTarget);
        Assert.ThrowsAny<Exception>(() => File.WriteAllText($"{process}/fd/0", "another key"));
    }

    [Fact]
    public async Task A_server_gets_no_variable_and_no_open_file_of_the_cloud()
    {
        Environment.SetEnvironmentVariable("CLOUD_SECRET_OF_TEST", "value");
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);
        var process = $"/proc/{cloud.Server(spec)}";

        var variables = File.ReadAllText($"{process}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var names = variables.Select(variable => variable.Split('=')[0]);
        Assert.All(names, name => Assert.Matches("^(RESTATE|RCLOUD)_", name));
        var files = Directory.GetFiles($"{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "").ToArray();
        Assert.DoesNotContain(files, file => file.Contains(".dll") || file.StartsWith("/dev/pts"));
        // A session of its own: Ctrl+C in the cloud's terminal does not reach it.
        var stat = File.ReadAllText($"{process}/stat").Split(") ")[1].Split(' ');
        Assert.Equal(cloud.Server(spec).ToString(), stat[3]);
    }

    [Fact]
    public async Task Nobody_else_can_look_into_an_environment_and_no_TCP_port_is_open()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var spec = LocalCloud.Spec();
        await cloud.ReadyAsync(spec);

        Assert.Equal("700", Mode(cloud.Folder(spec)));
        Assert.Equal("700", Mode(Path.Combine(cloud.DataFolder, "environments")));
        Assert.Equal("600", Mode(Path.Combine(cloud.Folder(spec), "logs", "server.log")));
        var sockets = Directory.GetFiles($"/proc/{cloud.Server(spec)}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1]).ToHashSet();
        var tcp = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A").Select(fields => fields[9]);
        Assert.DoesNotContain(tcp, sockets.Contains);

        static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
    }

    private static async Task<string> SaidAsync(LocalCloud cloud, string environmentId)
    {
        var said = new StringBuilder();
        await foreach (var line in cloud.Logs.ReadAsync(environmentId, 0, long.MaxValue, TestContext.Current.CancellationToken))
            said.AppendLine(line.Line);
        return said.ToString();
    }
}
