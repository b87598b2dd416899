using System.Diagnostics;
using RestateCloud.Gateway.Errors;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Crossing;
using RestateCloud.Gateway.Tunnels.Proxy;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>A call on its way through a tunnel that is held here. It has a place among its environment's calls, and is counted as begun.</summary>
internal sealed class RelayedTunnelCall(
    EnvironmentTarget environment, Tunnel tunnel, TunnelDestination destination, KestrelWay kestrel, GatewayMetrics metrics) : RelayedCall
{
    // What YARP says of a call that its caller has left.
    private const int CallerLeft = 400;

    // With a client that refuses what comes, and stays.
    private const int Attempts = 3;

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _prefixLength;
    private int _attempts;
    private HeaderFields? _request;
    private ITunnelConnection? _connection;
    private Refusal? _refusal;
    private int _status = CallerLeft;
    private bool _isHandedOn;

    /// <summary>Passes it on; false when no connection of the tunnel takes it, and the request is as it was.</summary>
    public bool TryBegin(RelayStream caller, HeaderFields request, bool isLast)
    {
        // Environment and tunnel.
        _prefixLength = request.Value(request.Single(":path"u8)).Length - destination.Target.Length;
        // The host that is called is in the path.
        request.Set(request.Single(":authority"u8), AcceptedHandler.Authority);
        request.Remove("host"u8);
        _request = request.Clone();
        return TryOpen(caller, request, isLast);
    }

    public override void Answered(int status, HeaderFields fields)
    {
        _status = status;
        _request = null;
        CrossingProtocol.Remove(fields);
    }

    public override bool TryAgain(RelayStream caller, bool isLast)
    {
        Leave(isGone: _connection?.IsLeaving == true);
        if (_request is not { } request || ++_attempts == Attempts) return false;
        if (TryOpen(caller, request, isLast)) return true;
        // No connection is left here: whether there is one elsewhere takes asking. Who is asked keeps account of it from then on.
        _isHandedOn = true;
        if (kestrel.TryOpen(caller, request, isLast)) return true;
        _isHandedOn = false;
        return false;
    }

    public override RelayAnswer? Failed(RelayFailure failure, string why)
    {
        _refusal = failure switch
        {
            RelayFailure.NotTaken => TunnelRefusals.Moved,
            RelayFailure.Silent => TunnelRefusals.Silent,
            _ => TunnelRefusals.BrokeOff(why),
        };
        _status = _refusal.StatusCode;
        return new RelayAnswer(_status, RefusalWriter.ContentType, RefusalWriter.BodyOf(PortRole.TunnelProxy, _refusal), _refusal.RetryAfterSeconds);
    }

    protected override void Ended()
    {
        _connection?.Exit();
        environment.Limiter.ExitTunnel();
        if (_isHandedOn) metrics.Withdraw(PortRole.TunnelProxy);
        else metrics.End(PortRole.TunnelProxy, destination.EnvironmentId, _status, _refusal, RequestBytes, ResponseBytes, _started);
    }

    private bool TryOpen(RelayStream caller, HeaderFields request, bool isLast)
    {
        var path = request.Single(":path"u8);
        request.TrimStart(path, _prefixLength);
        while (tunnel.Enter() is { } connection)
        {
            _connection = connection;
            if (connection.TryOpen(caller, request, isLast, this)) return true;
            Leave(isGone: true);
        }

        request.TrimStart(path, -_prefixLength);
        return false;
    }

    private void Leave(bool isGone)
    {
        if (Interlocked.Exchange(ref _connection, null) is not { } connection) return;
        if (isGone) connection.Retire();
        connection.Exit();
    }
}
