using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>The program of the cloud as a child process.</summary>
public static class SiloProcess
{
    private static readonly string[] AnyPorts = ["--Ports:Api=0", "--Ports:Ingress=0", "--Ports:Admin=0", "--Ports:TunnelProxy=0", "--Ports:Tunnel=0"];

    /// <summary>Starts it on free ports; later arguments win.</summary>
    public static ChildProcess Start(
        string program, string dataFolder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        ChildProcess.Start("dotnet", [program, "--data", dataFolder, .. AnyPorts, .. arguments], environment: environment);
}
