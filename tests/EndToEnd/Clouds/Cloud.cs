using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>A cloud on a data folder of its own. It can be killed and started again; nothing of it is left after the test.</summary>
public sealed class Cloud : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _data = new(Leftovers.FolderPrefix);
    private readonly CloudProgram _program;
    private readonly string[] _storage;
    private string[] _arguments;
    private ChildProcess? _silo;
    private FirstRun? _firstRun;

    static Cloud() => Leftovers.Remove();

    private Cloud(CloudProgram program, string[] storage, string[] arguments) => (_program, _storage, _arguments) = (program, storage, arguments);

    public string DataFolder => _data.Path;

    /// <summary>What the cloud told scripts at its last start.</summary>
    public FirstRun FirstRun => _firstRun!;

    /// <summary>The process of the cloud's own program.</summary>
    public int ProcessId => Silo.Id;

    /// <summary>The output of the program since its last start.</summary>
    public string Output => Silo.Output;

    /// <summary>The restate-servers that run now.</summary>
    public IReadOnlyList<ServerProcess> Servers => ServerProcess.Of(DataFolder);

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="arguments">Configuration of the program, such as <c>--Local:HealthInterval=00:00:01</c>.</param>
    public static Task<Cloud> StartAsync(params string[] arguments) => StartAsync(CloudProgram.OfThisBuild, prepare: null, arguments);

    /// <summary>Starts one of either build and waits until it is ready.</summary>
    /// <param name="program">Its program.</param>
    /// <param name="prepare">What is done with its data folder before.</param>
    /// <param name="arguments">Configuration of the program.</param>
    public static async Task<Cloud> StartAsync(CloudProgram program, Func<Cloud, Task>? prepare, params string[] arguments)
    {
        var cloud = new Cloud(program, await program.NewStorageAsync(), arguments);
        try
        {
            if (prepare is not null) await prepare(cloud);
            cloud.StartProcess();
            await cloud.ReadyAsync();
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL to the cloud's own program; its environments know nothing of it.</summary>
    public Task KillAsync() => Silo.KillAsync();

    /// <summary>Asks the program to end, as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        Silo.Terminate();
        return Silo.ExitAsync(StopLimit);
    }

    /// <summary>Starts the program again and sends it SIGKILL before it may have become ready.</summary>
    public async Task StartAndKillAsync(TimeSpan after)
    {
        await Silo.DisposeAsync();
        StartProcess();
        await Task.Delay(after);
        await KillAsync();
    }

    /// <summary>Starts the program again on the same data folder, which nobody uses now, and waits until it is ready.</summary>
    /// <param name="arguments">Configuration that takes the place of the former, or none to keep that.</param>
    public async Task StartAgainAsync(params string[] arguments)
    {
        if (arguments.Length > 0) _arguments = arguments;
        await Silo.DisposeAsync();
        File.Delete(FirstRun.PathIn(DataFolder));
        StartProcess();
        await ReadyAsync();
    }

    /// <summary>Runs another command of the program, such as <c>stop</c>, on this data folder and this storage.</summary>
    /// <returns>Its output.</returns>
    public async Task<string> RunAsync(string command, params string[] arguments)
    {
        await using var process = ChildProcess.Start("dotnet", [_program.Path, command, .. arguments, "--data", DataFolder, .. _storage]);
        var exitCode = await process.ExitAsync(CommandLimit);
        return exitCode == 0 ? process.Output : throw new InvalidOperationException($"{command} ended with {exitCode}:\n{process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await _silo.DisposeAsync();
        foreach (var server in Servers) server.Kill();
        await Eventually.HoldsAsync(() => Servers.Count == 0, "every server has ended");
        _data.Dispose();
    }

    private ChildProcess Silo => _silo ?? throw new InvalidOperationException("The cloud was not started yet.");

    private void StartProcess() => _silo = SiloProcess.Start(_program.Path, DataFolder, [.. _storage, .. _arguments]);

    private async Task ReadyAsync()
    {
        _firstRun = await Eventually.GetAsync(
            () => Silo.HasExited
                ? throw new InvalidOperationException($"The cloud ended:\n{Silo.Output}")
                : Task.FromResult(FirstRun.TryRead(DataFolder)),
            "the cloud is ready",
            StartLimit);
    }
}
