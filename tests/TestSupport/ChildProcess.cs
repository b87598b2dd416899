using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace RestateCloud.TestSupport;

/// <summary>A real program that a test runs: its output is kept as it comes, and it is gone when the test ends.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15, SigStop = 19, SigContinue = 18;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(KeepAsync(process.StandardOutput), KeepAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything written so far to standard output and standard error, in the order it came.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <param name="program">A name looked up on PATH, or a path.</param>
    /// <param name="arguments">One element an argument; no shell sees them.</param>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Set on top of this process's environment; null removes a variable.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Types into the program.</summary>
    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the program's standard input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>The first match in the output from <paramref name="from"/> on; fails at once when the program ends without one.</summary>
    public async Task<Match> OutputMatchesAsync(Regex pattern, TimeSpan within, int from = 0)
    {
        try
        {
            return await Eventually.GetAsync(() => Task.FromResult(Find()), $"output matches {pattern}", within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{Output}", e);
        }

        Match? Find()
        {
            var ended = _reading.IsCompleted;
            var output = Output;
            if (pattern.Match(output, Math.Min(from, output.Length)) is { Success: true } match) return match;
            return ended ? throw new InvalidOperationException($"The program ended; its output never matched {pattern}:\n{output}") : null;
        }
    }

    /// <summary>Waits for the program to end and for the last of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            await _reading.WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {within}:\n{Output}", e);
        }

        return _process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => _ = SendSignal(_process.Id, SigTerm);

    /// <summary>SIGSTOP: not an instruction of it runs until <see cref="Continue"/>.</summary>
    public void Pause() => _ = SendSignal(_process.Id, SigStop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => _ = SendSignal(_process.Id, SigContinue);

    /// <summary>SIGKILL to this process alone; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);

    private async Task KeepAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            lock (_output) _output.Append(buffer, 0, count);
        }
    }
}
