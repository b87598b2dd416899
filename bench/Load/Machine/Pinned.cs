using RestateCloud.TestSupport;

namespace RestateCloud.Load.Machine;

/// <summary>Programs that keep to one core, so that it is known who competes with whom.</summary>
internal static class Pinned
{
    /// <param name="core">The only core that it may use, or null for all.</param>
    /// <param name="program">A name looked up on PATH, or a path.</param>
    /// <param name="arguments">One element an argument.</param>
    public static ChildProcess Start(int? core, string program, params IEnumerable<string> arguments) =>
        // taskset becomes the program, so the process id is the program's own.
        core is null ? ChildProcess.Start(program, arguments) : ChildProcess.Start("taskset", ["--cpu-list", $"{core}", program, .. arguments]);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(int? core, TimeSpan within, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var child = Start(core, program, arguments);
        var exitCode = await child.ExitAsync(within).WaitAsync(cancellationToken);
        return exitCode == 0 ? child.Output : throw new InvalidOperationException($"{program} ended with {exitCode}:\n{child.Output}");
    }
}
