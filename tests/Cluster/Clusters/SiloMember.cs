using System.Net;
using System.Net.Sockets;
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

    /// <summary>Waits until it takes connections of gateways, which is the last that it does.</summary>
    public override Task ReadyAsync() => Eventually.HoldsAsync(
        () =>
        {
            ThrowIfEnded();
            return ListensAsync();
        },
        "the silo takes connections",
        StartLimit);

    private async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, GatewayPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
