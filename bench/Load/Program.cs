using System.Runtime.InteropServices;
using RestateCloud.Load.Environments;
using RestateCloud.Load.Invocations;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies;
using RestateCloud.Load.Proxies.Hosts;

// dotnet run -c Release --project bench/Load -- [environments | proxies | invocations | all]
using var ended = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

switch (args)
{
    case ["environments"]:
        MachineDescription.Write();
        await EnvironmentBenchmarks.RunAsync(ended.Token);
        return 0;
    case ["proxies"]:
        MachineDescription.Write();
        await ProxyBenchmark.RunAsync(ended.Token);
        return 0;
    case ["invocations"]:
        MachineDescription.Write();
        await InvocationBenchmark.RunAsync(ended.Token);
        return 0;
    case ["all"]:
        MachineDescription.Write();
        await EnvironmentBenchmarks.RunAsync(ended.Token);
        await ProxyBenchmark.RunAsync(ended.Token);
        await InvocationBenchmark.RunAsync(ended.Token);
        return 0;
    case [ProxyHost.Command, .. var host]:
        await ProxyHost.RunAsync(host);
        return 0;
    default:
        Console.Error.WriteLine("usage: Load environments | proxies | invocations | all");
        return 2;
}

void End(PosixSignalContext signal)
{
    // The benchmarks end what they have started.
    signal.Cancel = true;
    ended.Cancel();
}
