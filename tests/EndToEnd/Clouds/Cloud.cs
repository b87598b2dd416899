using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>A cloud on a data folder of its own. It can be killed and started again; nothing of it is left after the test.</summary>
public sealed class Cloud : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _data = new("rc-e2e-");
    private string[] _arguments;
    private ChildProcess _silo;
    private FirstRun? _firstRun;

    private Cloud(string[] arguments)
    {
        _arguments = arguments;
        _silo = SiloProcess.Start(_data.Path, arguments);
    }

    public string DataFolder => _data.Path;

    /// <summary>What the cloud told scripts at its last start.</summary>
    public FirstRun FirstRun => _firstRun!;

    /// <summary>The process of the cloud's own program.</summary>
    public int ProcessId => _silo.Id;

    /// <summary>The output of the program since its last start.</summary>
    public string Output => _silo.Output;

    /// <summary>The restate-servers that run now.</summary>
    public IReadOnlyList<ServerProcess> Servers => ServerProcess.Of(DataFolder);

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="arguments">Configuration of the program, such as <c>--Local:HealthInterval=00:00:01</c>.</param>
    public static async Task<Cloud> StartAsync(params string[] arguments)
    {
        var cloud = new Cloud(arguments);
        try
        {
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
    public Task KillAsync() => _silo.KillAsync();

    /// <summary>Asks the program to end, as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        _silo.Terminate();
        return _silo.ExitAsync(StopLimit);
    }

    /// <summary>Starts the program again and sends it SIGKILL before it may have become ready.</summary>
    public async Task StartAndKillAsync(TimeSpan after)
    {
        await _silo.DisposeAsync();
        _silo = SiloProcess.Start(DataFolder, _arguments);
        await Task.Delay(after);
        await KillAsync();
    }

    /// <summary>Starts the program again on the same data folder, which nobody uses now, and waits until it is ready.</summary>
    /// <param name="arguments">Configuration that takes the place of the former, or none to keep that.</param>
    public async Task StartAgainAsync(params string[] arguments)
    {
        if (arguments.Length > 0) _arguments = arguments;
        await _silo.DisposeAsync();
        File.Delete(FirstRun.PathIn(DataFolder));
        _silo = SiloProcess.Start(DataFolder, _arguments);
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        foreach (var server in Servers) server.Kill();
        await Eventually.HoldsAsync(() => Servers.Count == 0, "every server has ended");
        _data.Dispose();
    }

    private async Task ReadyAsync()
    {
        _firstRun = await Eventually.GetAsync(
            () => _silo.HasExited
                ? throw new InvalidOperationException($"The cloud ended:\n{_silo.Output}")
                : Task.FromResult(FirstRun.TryRead(DataFolder)),
            "the cloud is ready",
            StartLimit);
    }
}
