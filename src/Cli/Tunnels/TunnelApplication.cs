using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Cli.Tunnels.Relaying;
using RestateCloud.Cli.Tunnels.RemotePorts;
using RestateCloud.Cli.Tunnels.Serving;

namespace RestateCloud.Cli.Tunnels;

/// <summary>
/// Kestrel, serving connections that this side has opened to tunnel servers, where it is the server by the tunnel's protocol, and those that
/// programs of this machine open to the local ports.
/// </summary>
internal static class TunnelApplication
{
    /// <param name="target">The environment.</param>
    /// <param name="name">The tunnel's name.</param>
    /// <param name="tunnels">Where connections to tunnel servers are brought.</param>
    /// <param name="ports">The local ports.</param>
    /// <param name="activity">Told of each call.</param>
    public static WebApplication Build(TunnelTarget target, string name, FedEndPoint tunnels, IReadOnlyList<BoundPort> ports, TunnelActivity activity)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var services = builder.Services;
        services.AddSingleton(target).AddSingleton(activity).AddSingleton(TimeProvider.System).AddSingleton(new TunnelHello(target, name));
        services.AddSingleton<CallerIdentity>().AddSingleton<OnwardForwarder>().AddSingleton<ServiceCalls>().AddSingleton<RemotePortCalls>();
        services.AddHttpForwarder();
        services.AddSingleton<IHostLifetime, CommandLifetime>();
        services.AddSingleton<ServiceConnections>().AddSingleton<TunnelRelay>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(
            kestrel, tunnels, kestrel.ApplicationServices.GetRequiredService<TunnelRelay>().ServeAsync, ports));
        services.AddSingleton<IConnectionListenerFactory, FedListenerFactory>();
        services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endPoint => ports.First(port => port.EndPoint.Equals(endPoint)).Socket);

        var application = builder.Build();
        var (serviceCalls, portCalls) = (application.Services.GetRequiredService<ServiceCalls>(), application.Services.GetRequiredService<RemotePortCalls>());
        application.Run(context => context.Features.Get<TunnelConnection>() is { } connection
            ? serviceCalls.HandleAsync(context, connection)
            : portCalls.HandleAsync(context, context.Features.GetRequiredFeature<BoundPort>()));
        return application;
    }

    private static void Configure(
        KestrelServerOptions kestrel, FedEndPoint tunnels, Func<ConnectionContext, ConnectionDelegate, Task> relay, IReadOnlyList<BoundPort> ports)
    {
        kestrel.AddServerHeader = false;
        // What the cloud calls the tunnel's origin is its own affair.
        kestrel.AllowAlternateSchemes = true;
        ConfigureLimits(kestrel.Limits);
        kestrel.Listen(tunnels, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => async connection =>
            {
                await relay(connection, next);
                await connection.Features.GetRequiredFeature<TunnelConnection>().EndTlsAsync();
            });
        });

        var http2 = new FedEndPoint("h2c");
        var protocols = new ProtocolSwitch(http2);
        if (ports.Count > 0) kestrel.Listen(http2, listen => listen.Protocols = HttpProtocols.Http2);
        foreach (var port in ports) kestrel.Listen(port.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(port);
                return protocols.RunAsync(connection, next);
            });
        });
    }

    // Bodies are the cloud's to limit, and invocations are silent for as long as their handlers are.
    private static void ConfigureLimits(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        // Not without end: Kestrel would close a connection at its first idle second (.NET 10).
        limits.KeepAliveTimeout = TunnelLimits.IdleTime;
        limits.MaxRequestHeadersTotalSize = 64 * 1024;
        limits.Http2.MaxRequestHeaderFieldSize = 32 * 1024;
        // Kestrel keeps track of twice as many.
        limits.Http2.MaxStreamsPerConnection = int.MaxValue / 2;
        limits.Http2.InitialStreamWindowSize = TunnelLimits.StreamWindow;
        limits.Http2.InitialConnectionWindowSize = TunnelLimits.ConnectionWindow;
        limits.Http2.KeepAlivePingDelay = TunnelLimits.PingPeriod;
    }

    /// <summary>The command ends the host; signals are the command line's.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
