using System.ComponentModel;
using System.CommandLine;
using System.Runtime.InteropServices;

namespace RestateCloud.Cli.Operations;

/// <summary>
/// <c>restate-cloud export</c> and <c>import</c>. The program of the cloud does them, which knows the storage and lies beside this one where a
/// cloud is installed; it takes this one's place.
/// </summary>
internal static partial class SiloCommands
{
    private const string Program = "restate-cloud-silo";

    public static Command Export() => Create("export", "Write all that a stopped cloud has stored into one encrypted file.");

    public static Command Import() => Create("import", "Fill a new cloud from such a file.");

    private static Command Create(string name, string description)
    {
        var arguments = new Argument<string[]>("arguments") { Description = $"As of '{Program} {name}', whose --help lists them." };
        var command = new Command(name, description) { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        // In the order they were given: an option's value follows it.
        command.SetAction((parsed, cancellation) => CommandRun.ToExitCodeAsync(
            () => throw TakeItsPlace([.. parsed.Tokens.Select(token => token.Value)]), cancellation));
        return command;
    }

    /// <returns>Why it could not.</returns>
    private static Exception TakeItsPlace(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Program);
        if (!File.Exists(program))
            return new CommandException($"Run this where the cloud is installed: {Program} is not in {AppContext.BaseDirectory}. From source: dotnet run --project src/Silo -- {arguments[0]} …");

        _ = Execute(program, [program, .. arguments, null]);
        return new CommandException($"{program} cannot be started: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    // execv(3): the same process, so that the terminal, signals and the exit code are its own.
    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments);
}
