using System.Net;
using System.Net.Sockets;
using RestateCloud.Grains.Cluster.Tests.Hosts;

namespace RestateCloud.EndToEnd.Tests.Clouds;

public sealed partial record CloudProgram
{
    /// <summary>That of the build under test: a silo and a gateway in one process over a database, and a cluster of its own.</summary>
    public static CloudProgram OfThisBuild { get; } = new(Build.Silo, NewDatabaseAsync);

    private static async Task<string[]> NewDatabaseAsync()
    {
        using var silo = FreePort();
        using var gateway = FreePort();
        return
        [
            $"--Cluster:ConnectionString={await PostgresServer.NewDatabaseAsync()}",
            $"--Cluster:AdvertisedAddress={IPAddress.Loopback}",
            $"--Cluster:SiloPort={PortOf(silo)}",
            $"--Cluster:GatewayPort={PortOf(gateway)}",
        ];
    }

    private static Socket FreePort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
