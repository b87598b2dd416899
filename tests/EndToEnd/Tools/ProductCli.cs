using System.Text.RegularExpressions;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary><c>restate-cloud</c>, with the configuration folder of an official CLI.</summary>
public sealed partial class ProductCli(OfficialCli official)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Starts a command and leaves it running.</summary>
    /// <param name="token">What it finds in <c>RESTATE_AUTH_TOKEN</c>.</param>
    /// <param name="arguments">The command.</param>
    public ChildProcess Start(string? token, params string[] arguments) =>
        ChildProcess.Start("dotnet", [Build.Cli, .. arguments], official.Home, Variables(token));

    /// <summary>Starts a command at a terminal and leaves it running.</summary>
    public ChildProcess StartAtTerminal(params string[] arguments) =>
        Terminal.Start("dotnet", [Build.Cli, .. arguments], official.Home, Variables(null));

    /// <summary>Runs a command to its end.</summary>
    public async Task<CliResult> RunAsync(string? token, params string[] arguments)
    {
        await using var process = Start(token, arguments);
        return new CliResult($"restate-cloud {string.Join(' ', arguments)}", await process.ExitAsync(Limit), process.Output);
    }

    /// <summary>Opens a tunnel, without ports of the environment, and waits until it is connected.</summary>
    public async Task<ChildProcess> TunnelAsync(string name, params string[] arguments)
    {
        var tunnel = Start(null, ["tunnel", "--no-remote-ports", "--tunnel-name", name, .. arguments]);
        try
        {
            await tunnel.OutputMatchesAsync(Connected(), Limit);
            return tunnel;
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }

    private Dictionary<string, string?> Variables(string? token) => new()
    {
        ["RESTATE_CLI_CONFIG_HOME"] = official.Home, ["RESTATE_CLI_CONFIG"] = null, ["RESTATE_AUTH_TOKEN"] = token, ["TERM"] = "xterm-256color",
    };

    /// <summary>A line of a tunnel's log.</summary>
    [GeneratedRegex("Connected to ")]
    public static partial Regex Connected();
}
