using System.IO.Pipelines;
using RestateCloud.Protocols.Http1.Relaying;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>A connection to a service that takes one call after another.</summary>
internal sealed class KeptConnection
{
    private readonly Http1Service _http;
    private readonly HeaderFields _request = new(int.MaxValue);
    private readonly Action<KeptConnection> _idle;

    /// <param name="transport">The bytes.</param>
    /// <param name="limits">What the service may take.</param>
    /// <param name="clock">The time.</param>
    /// <param name="idle">Told, on any thread, whenever it takes a call.</param>
    public KeptConnection(IDuplexPipe transport, RelayLimits limits, TimeProvider clock, Action<KeptConnection> idle) =>
        (_idle, _http) = (idle, new Http1Service(transport, limits, clock, () => idle(this)));

    /// <summary>Whether it was idle for too long.</summary>
    public bool IsStale => _http.IsStale;

    /// <summary>Runs until it is over.</summary>
    public Task RunAsync() => _http.RunAsync();

    /// <summary>Ends it once the call on it has.</summary>
    public void Shutdown() => _http.Shutdown();

    /// <summary>Opens a call; false when the service has just closed it.</summary>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedServiceCall call)
    {
        // Until another call is on it, this one may have to be made again. The memory is used again and again.
        _request.CopyFrom(request);
        call.Kept = _request;
        var before = _http.Requests;
        if (!_http.TryOpen(caller, request, isLast, call)) return false;
        // Who called has gone at this moment.
        if (_http.Requests == before) _idle(this);
        return true;
    }
}
