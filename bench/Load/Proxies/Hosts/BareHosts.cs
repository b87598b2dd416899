using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Load.Proxies.Hosts;

/// <summary>YARP with nothing around it: as the forwarder alone, and as the reverse proxy with routes and clusters.</summary>
internal static class BareHosts
{
    // Over a unix socket nothing connects to it.
    private const string Destination = "http://environment";

    public static WebApplication CreateForwarder(Wire wire, int port, string socket)
    {
        var builder = CreateBuilder(wire, port);
        builder.Services.AddHttpForwarder();
        var application = builder.Build();

        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        var handler = new SocketsHttpHandler
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, EnableMultipleHttp2Connections = true, ActivityHeadersPropagator = null,
        };
        ConnectTo(socket, handler);
        var invoker = new HttpMessageInvoker(handler);
        var config = Config(wire);
        application.Run(async context => await forwarder.SendAsync(context, Destination, invoker, config, HttpTransformer.Default));
        return application;
    }

    public static WebApplication CreateReverseProxy(Wire wire, int port, string socket)
    {
        var builder = CreateBuilder(wire, port);
        var route = new RouteConfig { RouteId = "all", ClusterId = "environment", Match = new RouteMatch { Path = "{**path}" } };
        var cluster = new ClusterConfig
        {
            ClusterId = "environment",
            HttpRequest = Config(wire),
            Destinations = new Dictionary<string, DestinationConfig> { ["environment"] = new() { Address = Destination } },
        };
        builder.Services.AddReverseProxy().LoadFromMemory([route], [cluster]).ConfigureHttpClient((_, handler) => ConnectTo(socket, handler));
        var application = builder.Build();
        application.MapReverseProxy();
        return application;
    }

    private static WebApplicationBuilder CreateBuilder(Wire wire, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = wire == Wire.H2c ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        return builder;
    }

    private static ForwarderRequestConfig Config(Wire wire) => new()
    {
        Version = wire == Wire.H2c ? HttpVersion.Version20 : HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static void ConnectTo(string socket, SocketsHttpHandler handler)
    {
        var endPoint = new UnixDomainSocketEndPoint(socket);
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        };
    }
}
