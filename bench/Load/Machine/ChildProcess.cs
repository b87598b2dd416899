using System.Diagnostics;

namespace RestateCloud.Load.Machine;

/// <summary>A program that a benchmark runs, on the cores it is given. It is gone when the benchmark is done with it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="program">A name looked up on PATH, or a path.</param>
    /// <param name="arguments">One element an argument; no shell sees them.</param>
    /// <param name="core">The core that it may use, or null for all.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Set on top of this process's environment.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, int? core = null, string? folder = null, params (string Name, string Value)[] environment)
    {
        // taskset becomes the program, so the process id stays.
        var start = core is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("taskset", ["--cpu-list", $"{core}", program, .. arguments]);
        start.WorkingDirectory = folder ?? "";
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, int? core, CancellationToken cancellationToken)
    {
        await using var child = Start(program, arguments, core);
        var output = await child._process.StandardOutput.ReadToEndAsync(cancellationToken);
        await child._process.WaitForExitAsync(cancellationToken);
        return child._process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {child._process.ExitCode}:\n{output}");
    }

    /// <summary>The next line of its standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended.");

    /// <summary>Reads and forgets what else it writes, so that it never waits for a reader.</summary>
    public void IgnoreOutput() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>SIGKILL to this process alone; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
