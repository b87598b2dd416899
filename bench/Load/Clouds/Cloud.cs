using System.Diagnostics;
using System.Reflection;
using RestateCloud.Load.Grains;
using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Clouds;

/// <summary>The cloud's own program on a data folder of its own. Nothing of it is left after the benchmark.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Silo =
        typeof(Cloud).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Silo").Value!;

    private readonly TemporaryFolder _data = new("rc-load-");
    private readonly int[] _ports = LoopbackPorts.Free(5);
    private readonly HttpClient _http = new() { Timeout = Patience };
    private ChildProcess? _silo;
    private string[]? _storage;

    public string DataFolder => _data.Path;

    public int ProcessId => _silo!.Id;

    /// <summary>A configuration folder of the official CLI, signed in as the first user.</summary>
    public string CliFolder => _data.File("cli");

    public FirstRun FirstRun => FirstRun.Read(FirstRunFile);

    /// <summary>The process ids of the restate-servers that run now: they run in the folders of their environments.</summary>
    public IReadOnlyList<int> Servers
    {
        get
        {
            var environments = _data.File("environments") + "/";
            return [.. Directory.EnumerateDirectories("/proc")
                .Where(process => WorkingFolder(process).StartsWith(environments, StringComparison.Ordinal))
                .Select(process => int.Parse(Path.GetFileName(process)))];
        }
    }

    private string FirstRunFile => _data.File("first-run.json");

    /// <summary>Starts it, on the same ports each time, and waits until it is ready.</summary>
    public async Task<CloudStart> StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(FirstRunFile);
        _storage ??= await GrainHosting.NewStorageAsync(DataFolder);
        var clock = Stopwatch.StartNew();
        _silo = ChildProcess.Start(
            "dotnet",
            [
                Silo, "--data", DataFolder,
                $"--Ports:Api={_ports[0]}", $"--Ports:Ingress={_ports[1]}", $"--Ports:Admin={_ports[2]}", $"--Ports:TunnelProxy={_ports[3]}",
                $"--Ports:Tunnel={_ports[4]}",
                // One user asks more often here than one user may.
                "--ControlApi:RequestsPerSecond=100000", "--ControlApi:RequestBurst=100000",
                .. _storage,
            ]);
        await Eventually.HoldsAsync(() => ListensAsync(cancellationToken), "the control API listens", Patience, cancellationToken);
        var listening = clock.Elapsed;
        await Eventually.HoldsAsync(() => File.Exists(FirstRunFile), "the cloud is ready", Patience, cancellationToken);
        return new CloudStart(listening, clock.Elapsed);
    }

    /// <summary>SIGKILL to the cloud's own program; its environments know nothing of it.</summary>
    public async Task KillAsync()
    {
        await _silo!.KillAsync();
        await _silo.DisposeAsync();
        _silo = null;
    }

    /// <summary>SIGKILL to every environment, and returns when they are gone: together with <see cref="KillAsync"/> a machine's power cut.</summary>
    public Task KillServersAsync()
    {
        foreach (var id in Servers)
        {
            using var server = Process.GetProcessById(id);
            server.Kill();
        }

        return Eventually.HoldsAsync(() => Servers.Count == 0, "every server has ended");
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null) await KillAsync();
        await KillServersAsync();
        _http.Dispose();
        _data.Dispose();
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        if (_silo!.HasExited) throw new InvalidOperationException($"The cloud ended:\n{_silo.Output}");
        try
        {
            using var response = await _http.GetAsync(new Uri($"http://127.0.0.1:{_ports[0]}/healthz"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string WorkingFolder(string process)
    {
        try
        {
            return new FileInfo($"{process}/cwd").LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's.
            return "";
        }
    }
}
