using System.Diagnostics;
using System.Runtime.InteropServices;
using RestateCloud.Load;
using RestateCloud.Load.ControlPlane;
using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Environments;
using RestateCloud.Load.Grains;
using RestateCloud.Load.Invocations;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies.Hosts;
using RestateCloud.Load.Tunnels;

// dotnet run -c Release --project bench/Load -- [environments] [control-plane] [proxies] [invocations] [tunnels]
if (args is [ProxyHost.Command, .. var host])
{
    await ProxyHost.RunAsync(host);
    return 0;
}

if (args is [CloudHost.Command, .. var cloud])
{
    await CloudHost.RunAsync(cloud);
    return 0;
}

var benchmarks = new Dictionary<string, Func<CancellationToken, Task>>
{
    ["environments"] = EnvironmentBenchmarks.RunAsync,
    ["control-plane"] = ControlPlaneBenchmark.RunAsync,
    ["idle"] = IdleBenchmark.RunAsync,
    ["invocations"] = InvocationBenchmark.RunAsync,
    ["tunnels"] = token => TunnelBenchmark.RunAsync(TunnelPart.All, token),
    ["tunnels-http1"] = token => TunnelBenchmark.RunAsync(TunnelPart.Http1, token),
    ["tunnels-h2c"] = token => TunnelBenchmark.RunAsync(TunnelPart.H2c, token),
    ["tunnels-bodies"] = token => TunnelBenchmark.RunAsync(TunnelPart.Bodies, token),
};
BuildBenchmarks.AddTo(benchmarks);
if (args.Length == 0 || args.Any(name => !benchmarks.ContainsKey(name)))
{
    Console.Error.WriteLine($"usage: Load {string.Join(' ', benchmarks.Keys.Select(name => $"[{name}]"))}");
    return 2;
}

using var ended = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
MachineDescription.Write();
try
{
    foreach (var name in args)
    {
        var clock = Stopwatch.StartNew();
        await benchmarks[name](ended.Token);
        Console.WriteLine($"\n{name}: {clock.Elapsed.TotalSeconds:0} s");
    }

    return 0;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}
finally
{
    await GrainHosting.EndAsync();
}

void End(PosixSignalContext signal)
{
    // The benchmarks end what they have started.
    signal.Cancel = true;
    ended.Cancel();
}
