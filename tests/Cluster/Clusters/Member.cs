using RestateCloud.EndToEnd.Tests;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>One process of a cluster, with a data folder of its own. It can be stopped or killed and started again.</summary>
public abstract class Member(string role, string dataFolder, IEnumerable<string> settings) : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);

    private readonly string[] _arguments = [Build.Silo, "--role", role, "--data", dataFolder, .. settings];
    private readonly List<string> _earlierOutputs = [];
    private ChildProcess? _process;

    /// <summary>Waits as long as a slow machine needs for a start.</summary>
    protected static TimeSpan StartLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Set in the environment of its next process.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public int ProcessId => Process.Id;

    /// <summary>Everything that its present process has written.</summary>
    public string Output => Process.Output;

    /// <summary>What each of its processes has written, the present one last.</summary>
    public IReadOnlyList<string> Outputs => [.. _earlierOutputs, Process.Output];

    public bool HasExited => Process.HasExited;

    protected string DataFolder { get; } = dataFolder;

    protected ChildProcess Process => _process ?? throw new InvalidOperationException("It was not started.");

    /// <summary>Starts a process and does not wait for it.</summary>
    /// <param name="more">Settings of this start alone; they win.</param>
    public virtual async Task StartAsync(params string[] more)
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _earlierOutputs.Add(_process.Output);
        }

        _process = ChildProcess.Start("dotnet", [.. _arguments, .. more], environment: Environment);
    }

    /// <summary>Waits until it does its work.</summary>
    public abstract Task ReadyAsync();

    /// <summary>SIGTERM, as a service manager does; returns when the process has ended.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        Process.Terminate();
        return Process.ExitAsync(StopLimit);
    }

    /// <summary>SIGKILL to this process alone.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>SIGSTOP, and SIGCONT after a while.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        Process.Pause();
        await Task.Delay(time);
        Process.Continue();
    }

    /// <summary>Whether its process has a file open.</summary>
    public bool HoldsOpen(string path)
    {
        try
        {
            return new DirectoryInfo($"/proc/{ProcessId}/fd").EnumerateFileSystemInfos().Any(descriptor => descriptor.LinkTarget == path);
        }
        catch (DirectoryNotFoundException)
        {
            // Ended meanwhile.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected void ThrowIfEnded()
    {
        if (Process.HasExited) throw new InvalidOperationException($"The {role} ended:\n{Process.Output}");
    }
}
