using System.Net;
using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary>
/// The official <c>restate</c> command line tool, unmodified, with a configuration folder of its own that holds no more than
/// <c>api_base_url</c> and <c>access_token</c>.
/// </summary>
public sealed partial class OfficialCli : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _home = new("rc-cli-");
    private readonly string _program;
    private readonly Dictionary<string, string?> _variables;

    private OfficialCli(string program)
    {
        _program = program;
        _variables = new Dictionary<string, string?>
        {
            ["HOME"] = _home.Path,
            ["RESTATE_CLI_CONFIG_HOME"] = _home.Path,
            ["TERM"] = "xterm-256color",
            ["CI"] = null,
        };
    }

    /// <summary>Its configuration folder.</summary>
    public string Home => _home.Path;

    public static async Task<OfficialCli> CreateAsync(string version, FirstRun cloud) =>
        await CreateAsync(version, cloud.ApiBaseUrl, cloud.AccessToken);

    public static async Task<OfficialCli> CreateAsync(string version, Uri apiBaseUrl, string accessToken)
    {
        var cli = new OfficialCli(await Programs.CliAsync(version));
        await File.WriteAllTextAsync(
            cli._home.File("config.toml"),
            $"""
            [global.cloud]
            api_base_url = "{apiBaseUrl}"
            access_token = "{accessToken}"

            """);
        return cli;
    }

    /// <summary>Runs a command without a terminal, as a script does.</summary>
    public Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, editor: null);

    /// <summary>Runs a command that opens an editor; the editor is a shell script that is given the file as <c>$1</c>.</summary>
    public async Task<CliResult> EditAsync(string editor, params string[] arguments)
    {
        var script = _home.File(Path.GetRandomFileName());
        await File.WriteAllTextAsync(script, $"#!/bin/sh\n{editor}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return await RunAsync(arguments, script);
    }

    /// <summary>Runs a command at a terminal and answers what it asks.</summary>
    /// <param name="dialogue">Words of each question, in their order, and what is typed then.</param>
    /// <param name="arguments">The command.</param>
    public async Task<CliResult> AnswerAsync((string Question, string Answer)[] dialogue, params string[] arguments)
    {
        await using var terminal = Terminal.Start(_program, arguments, _home.Path, _variables);
        var seen = 0;
        foreach (var (question, answer) in dialogue)
        {
            var match = await terminal.OutputMatchesAsync(new Regex(Regex.Escape(question)), Limit, seen);
            seen = match.Index + match.Length;
            await terminal.WriteAsync(answer + "\r");
        }

        return await ResultAsync(terminal, arguments);
    }

    /// <summary>
    /// Runs <c>cloud env tunnel</c> at a terminal, in a mount namespace of its own where a test's DNS server is the system's.
    /// </summary>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="dnsServer">Where names are looked up.</param>
    /// <param name="authorityFile">The authority that is trusted, alone.</param>
    public ChildProcess Tunnel(string name, IPAddress dnsServer, string authorityFile)
    {
        var resolver = _home.File("resolv.conf");
        File.WriteAllText(resolver, $"nameserver {dnsServer}\n");
        string[] inNamespace = ["--mount", "sh", "-c", "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", resolver];
        string[] command = [_program, "cloud", "env", "tunnel", "--no-remote-ports", "--tunnel-name", name];
        var variables = new Dictionary<string, string?>(_variables) { ["SSL_CERT_FILE"] = authorityFile };
        return Terminal.Start("unshare", [.. inNamespace, .. command], _home.Path, variables);
    }

    public void Dispose() => _home.Dispose();

    private async Task<CliResult> RunAsync(string[] arguments, string? editor)
    {
        var variables = new Dictionary<string, string?>(_variables) { ["EDITOR"] = editor, ["VISUAL"] = editor };
        await using var process = ChildProcess.Start(_program, arguments, _home.Path, variables);
        process.CloseInput();
        return await ResultAsync(process, arguments);
    }

    private static async Task<CliResult> ResultAsync(ChildProcess process, string[] arguments)
    {
        var exitCode = await process.ExitAsync(Limit);
        return new CliResult($"restate {string.Join(' ', arguments)}", exitCode, Escapes().Replace(process.Output, ""));
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();
}
