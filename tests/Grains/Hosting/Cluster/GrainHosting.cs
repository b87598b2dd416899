using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Cluster;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Tests.Hosting;

/// <summary>Where the grains under test run: silos of one cluster on loopback, over a database of their own.</summary>
internal static class GrainHosting
{
    public const int Silos = 2;

    public static JsonSerializerOptions StateJson { get; } = JsonStateSerializer.Options;

    public static Task<string> NewStorageAsync(TemporaryFolder folder) => PostgresServer.NewDatabaseAsync();

    public static void AddGrains(this IHostApplicationBuilder builder, string storage)
    {
        using var silo = FreePort();
        using var gateway = FreePort();
        builder.AddGrainSilo(new ClusterGrainsOptions
        {
            ConnectionString = storage,
            AdvertisedAddress = IPAddress.Loopback,
            SiloPort = PortOf(silo),
            GatewayPort = PortOf(gateway),
        });
    }

    private static Socket FreePort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
