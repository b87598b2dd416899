using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Newcomer;

/// <summary>The way to a first invocation that a cloud prints when it starts, gone to the letter.</summary>
public sealed partial class WelcomeTests
{
    private const string ServicePort = "9080";

    [Fact]
    public async Task The_lines_that_the_cloud_prints_lead_to_a_first_invocation()
    {
        await using var cloud = await Cloud.StartAsync();
        await Eventually.HoldsAsync(() => Way().IsMatch(cloud.Output), "the cloud has printed what to do");
        using var folder = new TemporaryFolder("rc-welcome-");
        await CopyExampleAsync(folder);

        // Only the service's port differs from what is printed: this machine may run more than one such service.
        var port = FreePort();
        var lines = Lines(cloud.Output).Replace(ServicePort, port, StringComparison.Ordinal);
        await using var terminal = Terminal.Start("sh", ["-c", $"{lines}\nread end"], folder.Path, new Dictionary<string, string?> { ["PORT"] = port });

        var question = await terminal.OutputMatchesAsync(new Regex("name", RegexOptions.IgnoreCase), TimeSpan.FromMinutes(2));
        await terminal.WriteAsync("\r");
        await terminal.OutputMatchesAsync(new Regex("\"(Hello|Good morning), you!\""), TimeSpan.FromMinutes(2), question.Index);
    }

    private static string Lines(string output)
    {
        var text = Way().Match(output).Groups["lines"].Value;
        Assert.Equal(4, text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length);
        return text;
    }

    private static async Task CopyExampleAsync(TemporaryFolder folder)
    {
        var example = Path.Combine(Build.Repository, "examples", "greeter");
        await using var copy = ChildProcess.Start(
            "sh", ["-c", "mkdir -p \"$2\" && cd \"$1\" && cp -R package.json package-lock.json .npmrc src \"$2\"", "copy", example, folder.File("examples", "greeter")]);
        Assert.Equal(0, await copy.ExitAsync(TimeSpan.FromSeconds(30)));
    }

    private static string FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"first invocation.*:\n\n(?<lines>(  .*\n)+)\n")]
    private static partial Regex Way();
}
