using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Clusters;

/// <summary>A process that hosts grains and looks after environments.</summary>
public sealed class SiloMember(string dataFolder, ReservedPort siloPort, ReservedPort gatewayPort, IEnumerable<string> settings)
    : Member("silo", dataFolder, [.. settings, $"--Cluster:SiloPort={siloPort.Number}", $"--Cluster:GatewayPort={gatewayPort.Number}"])
{
    /// <summary>Where other silos connect.</summary>
    public int SiloPort => siloPort.Number;

    /// <summary>Where gateways connect.</summary>
    public int GatewayPort => gatewayPort.Number;

    /// <summary>Waits until it is a member of the cluster and says so; it takes connections before.</summary>
    public override Task ReadyAsync() => Eventually.HoldsAsync(
        () =>
        {
            ThrowIfEnded();
            return Task.FromResult(Output.Contains("This silo is ready."));
        },
        "the silo is ready",
        StartLimit);
}
