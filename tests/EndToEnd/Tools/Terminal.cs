using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary>
/// Runs a program at a terminal. <c>script</c> of util-linux opens the pseudo-terminal: forking from a process with many threads, as a call of
/// our own to forkpty would, is not safe.
/// </summary>
public static class Terminal
{
    public static ChildProcess Start(string program, string[] arguments, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        // A new pseudo-terminal has no size; programs would wrap at 80 columns.
        var command = $"stty rows 50 cols 250; exec {string.Join(' ', arguments.Prepend(program).Select(Quote))}";
        return ChildProcess.Start("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], folder, variables);
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
