using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>Passes on the calls of one connection for which everything is known that they need, and has Kestrel serve all others.</summary>
internal sealed class CallRouter(RelayedCalls calls, KestrelWay kestrel) : IRequestRouter
{
    public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast) =>
        calls.TryRelay(caller, request, isLast, kestrel) || kestrel.TryOpen(caller, request, isLast);
}
