using System.Text.Json;
using System.Text.RegularExpressions;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.ControlPlane.Hosts;

/// <summary>A <see cref="CloudHost"/> as a child process.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    // One user asks more often here than one user may; and no environment gets ports of its own, of which there would be thousands.
    private static readonly string[] Settings =
    [
        "--Ports:Api=0", "--Ports:Ingress=0", "--Ports:Admin=0", "--Ports:TunnelProxy=0", "--Ports:Tunnel=0", "--Tunnels:Plain=true",
        "--EnvironmentPorts=false", "--ControlApi:RequestsPerSecond=100000", "--ControlApi:RequestBurst=100000",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _process;
    private int _read;

    private HostProcess(ChildProcess process) => _process = process;

    public int ProcessId => _process.Id;

    public static async Task<HostProcess> StartAsync(string role, string[] settings)
    {
        var host = new HostProcess(
            ChildProcess.Start("dotnet", [typeof(HostProcess).Assembly.Location, CloudHost.Command, role, .. Settings, .. settings]));
        await host.AnswerAsync();
        return host;
    }

    public async Task<LoadTenant[]> CreateTenantsAsync(int count) =>
        JsonSerializer.Deserialize<LoadTenant[]>(await AskAsync($"{HostOrders.Tenants} {count}"))!;

    public Task CreateEnvironmentsAsync(int count) => AskAsync($"{HostOrders.Environments} {count}");

    public async Task<long> HeapAsync() => long.Parse(await AskAsync(HostOrders.Heap));

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<string> AskAsync(string order)
    {
        await _process.WriteAsync(order + "\n");
        return await AnswerAsync();
    }

    private async Task<string> AnswerAsync()
    {
        var line = await _process.OutputMatchesAsync(Line(), Patience, _read);
        _read = line.Index + line.Length;
        return line.Groups["line"].Value;
    }

    [GeneratedRegex(@"(?<line>.*)\n")]
    private static partial Regex Line();
}
