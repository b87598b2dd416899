using System.Text;
using RestateCloud.Cli.Tunnels.Serving;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Identity;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>Passes a call on to its service where that can be done at once, and to Kestrel where it cannot.</summary>
/// <param name="kestrel">Takes what cannot be relayed.</param>
/// <param name="caller">Who may call.</param>
/// <param name="services">The services that are connected.</param>
/// <param name="activity">Told of each call.</param>
internal sealed class CallRouter(KestrelWay kestrel, CallerIdentity caller, ServiceConnections services, TunnelActivity activity) : IRequestRouter
{
    private static readonly byte[] VersionHeader = Encoding.ASCII.GetBytes(TunnelProtocol.HttpVersionHeader);
    private static readonly byte[] SchemeHeader = Encoding.ASCII.GetBytes(RequestIdentityHeaders.SchemeName);
    private static readonly byte[] TokenHeader = Encoding.ASCII.GetBytes(RequestIdentityHeaders.TokenName);
    private static readonly byte[] Scheme = Encoding.ASCII.GetBytes(RequestIdentityHeaders.Scheme);

    private static ReadOnlySpan<byte> Http1 => "HTTP/1.1"u8;

    private static ReadOnlySpan<byte> Http2 => "HTTP/2.0"u8;

    public bool TryRoute(RelayStream stream, HeaderFields request, bool isLast) =>
        TryRelay(stream, request, isLast) || kestrel.TryOpen(stream, request, isLast);

    private bool TryRelay(RelayStream stream, HeaderFields request, bool isLast)
    {
        var (path, authority) = (request.Single(":path"u8), request.Single(":authority"u8));
        var (scheme, token, version) = (request.Single(SchemeHeader), request.Single(TokenHeader), request.Single(VersionHeader));
        if (authority < 0 || scheme < 0 || token < 0 || !Scheme.SequenceEqual(request.Value(scheme))) return false;
        if (version < 0 && request.Has(VersionHeader)) return false;
        var isHttp1 = version >= 0 && request.Value(version).SequenceEqual(Http1);
        if (isHttp1 ? !CanBeHttp1(request, path) : version >= 0 && !request.Value(version).SequenceEqual(Http2)) return false;
        var target = request.Value(path);
        if (services.Find(target, isHttp1, out var originLength) is not { } service || !service.TakesCalls()) return false;

        var servicePath = target[originLength..];
        var query = servicePath.IndexOf((byte)'?');
        if (!caller.IsGenuine(request.Value(token), query < 0 ? servicePath : servicePath[..query])) return false;

        request.TrimStart(path, originLength);
        request.Set(authority, service.Authority);
        // What begins with a colon stands before all others, and stays where it is.
        request.Remove(VersionHeader);
        request.Remove("host"u8);
        activity.Begin();
        if (service.TryOpen(stream, request, isLast, new RelayedServiceCall(activity, kestrel, service.Origin, originLength, request))) return true;

        // It has just closed.
        activity.Withdraw();
        return kestrel.TryReturn(stream, request, isLast, originLength, isHttp1 ? Http1 : Http2);
    }

    // Kestrel knows what to make of the others: who expects 100 waits for it, and a path of other bytes is none in HTTP/1.1.
    private static bool CanBeHttp1(HeaderFields request, int path) =>
        !request.Has("expect"u8) && !request.Value(path).ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
