using System.Diagnostics;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>A cloud in a process of its own, to be killed.</summary>
internal sealed class CloudProcess : IAsyncDisposable
{
    /// <summary>Before the ids: they are removed again as soon as they are ready.</summary>
    public const string Remove = "remove";

    private readonly Process _process;

    private CloudProcess(Process process) => _process = process;

    public static CloudProcess Start(string dataFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Under "dotnet test" the process is the test program itself, else "dotnet".
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(CloudProcess).Assembly.Location);
        foreach (var argument in (string[])["cloud", dataFolder, .. arguments]) start.ArgumentList.Add(argument);
        return new CloudProcess(Process.Start(start)!);
    }

    /// <summary>What the process does: brings the environments up, says so, and stays.</summary>
    public static async Task<int> RunAsync(string dataFolder, string[] arguments)
    {
        var remove = arguments is [Remove, ..];
        var cloud = await LocalCloud.StartOnAsync(dataFolder);
        Console.WriteLine("reconciling");
        var specs = arguments.Skip(remove ? 1 : 0).Select(id => LocalCloud.Spec(id)).ToArray();
        while (true)
        {
            var seen = await Task.WhenAll(specs.Select(spec => cloud.Provisioner.ReconcileAsync(spec, CancellationToken.None)));
            if (seen.All(environment => environment.Phase == EnvironmentPhase.Ready)) break;
            await Task.Delay(10);
        }

        Console.WriteLine("ready");
        if (remove)
        {
            Console.WriteLine("removing");
            await Task.WhenAll(specs.Select(cloud.RemoveAsync));
        }

        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>Waits until it has said this.</summary>
    public async Task SaysAsync(string line)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } said)
        {
            if (said == line) return;
        }

        throw new InvalidOperationException($"The cloud ended before it was {line}.");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
