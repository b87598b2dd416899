using Microsoft.AspNetCore.Connections;
using RestateCloud.Cli.Tunnels.Serving;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>
/// Stands between a connection to a tunnel server and Kestrel, and passes calls of services without TLS on to them, piece by piece: a server and a
/// client for each call cost several times as much. Everything else Kestrel serves.
/// </summary>
internal sealed class TunnelRelay(CallerIdentity caller, ServiceConnections services, TunnelActivity activity, TimeProvider clock)
{
    private static readonly RelayLimits Limits = new()
    {
        ConcurrentStreams = TunnelLimits.ConcurrentCalls,
        StreamWindow = TunnelLimits.StreamWindow,
        ConnectionWindow = TunnelLimits.ConnectionWindow,
        HeaderBytes = TunnelLimits.HeaderBytes,
        Resets = TunnelLimits.ConcurrentCalls,
        ResetsAtOnce = TunnelLimits.ConcurrentCalls,
        PingDelay = TunnelLimits.PingPeriod,
    };

    // Both ends are in this process: none is asked whether it is there.
    private static readonly RelayLimits InnerLimits = Limits with { PingDelay = TunnelLimits.IdleTime, Patience = TunnelLimits.IdleTime };

    /// <summary>Serves a connection from its beginning to its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate kestrel)
    {
        var (here, there) = DuplexPipe.CreatePair();
        var inner = RelayConnection.Client(here, InnerLimits, clock);
        var serving = ServeInnerAsync(new InnerConnection(connection, there), kestrel, there);
        var passing = PassAsync(inner, here);
        await inner.Introduced;

        var outer = RelayConnection.Server(connection.Transport, new CallRouter(new KestrelWay(inner), caller, services, activity), Limits, clock);
        // Kestrel says so when the command ends.
        _ = inner.Leaving.ContinueWith(_ => outer.Shutdown(), TaskScheduler.Default);
        using (connection.ConnectionClosed.UnsafeRegister(_ => outer.Abort("The tunnel server closed the connection."), null)) await outer.RunAsync();
        inner.Abort("The tunnel server closed the connection.");
        await Task.WhenAll(serving, passing);
    }

    private static async Task PassAsync(RelayConnection inner, DuplexPipe pipe)
    {
        try
        {
            await inner.RunAsync();
        }
        finally
        {
            pipe.Complete();
        }
    }

    private static async Task ServeInnerAsync(ConnectionContext connection, ConnectionDelegate kestrel, DuplexPipe pipe)
    {
        try
        {
            await kestrel(connection);
        }
        finally
        {
            pipe.Complete();
        }
    }
}
