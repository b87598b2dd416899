using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>Has services called in HTTP/1.1 that an environment calls in HTTP/1.1, unless it says otherwise.</summary>
/// <param name="next">Where its calls go.</param>
internal sealed class Http1CallRouter(IRequestRouter next) : IRequestRouter
{
    private static readonly byte[] VersionHeader = Encoding.ASCII.GetBytes(TunnelProtocol.HttpVersionHeader);
    private static readonly byte[] Http1 = Encoding.ASCII.GetBytes(TunnelProtocol.Http1);

    public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast)
    {
        if (!request.Has(VersionHeader)) request.Add(VersionHeader, Http1);
        return next.TryRoute(caller, request, isLast);
    }
}
