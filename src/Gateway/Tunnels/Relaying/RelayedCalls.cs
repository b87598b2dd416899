using System.Text;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Routing;
using RestateCloud.Gateway.Telemetry;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Proxy;
using RestateCloud.Grains.Environments;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Identity;
using RestateCloud.Protocols.Memos;

namespace RestateCloud.Gateway.Tunnels.Relaying;

/// <summary>
/// Passes on the calls whose fate can be decided at once: the environment is known here, the call is its own, and its tunnel is held here.
/// What is refused, and what has to be asked for, is <see cref="TunnelProxy"/>'s.
/// </summary>
internal sealed class RelayedCalls(
    EnvironmentDirectory environments, HeldTunnels tunnels, GatewayMetrics metrics, IOptions<TunnelOptions> options, TimeProvider clock)
{
    private static readonly byte[] SchemeHeader = Encoding.ASCII.GetBytes(RequestIdentityHeaders.SchemeName);
    private static readonly byte[] TokenHeader = Encoding.ASCII.GetBytes(RequestIdentityHeaders.TokenName);
    private static readonly byte[] Scheme = Encoding.ASCII.GetBytes(RequestIdentityHeaders.Scheme);

    // Of environments' own calls only.
    private readonly BytesMemo<TunnelDestination> _destinations = new();

    /// <summary>How much a connection to the proxy may take.</summary>
    public RelayLimits Limits { get; } = new()
    {
        SilenceTime = options.Value.SilenceLimit,
        StallTime = TimeSpan.FromSeconds(10),
        IdleTime = TimeSpan.FromSeconds(130),
    };

    /// <summary>Passes a call on.</summary>
    /// <returns>False when it takes the long way.</returns>
    public bool TryRelay(RelayStream caller, HeaderFields request, bool isLast, KestrelWay kestrel)
    {
        var (destination, environment) = Read(request);
        if (environment is null || !environment.Limiter.TryEnterTunnel()) return false;
        if (tunnels.Find(destination.EnvironmentId, destination.TunnelName) is { } tunnel)
        {
            metrics.Begin(PortRole.TunnelProxy);
            var call = new RelayedTunnelCall(environment, tunnel, destination, kestrel, metrics);
            if (call.TryBegin(caller, request, isLast)) return true;
            metrics.Withdraw(PortRole.TunnelProxy);
        }

        environment.Limiter.ExitTunnel();
        return false;
    }

    private (TunnelDestination Destination, EnvironmentTarget? Environment) Read(HeaderFields request)
    {
        if (request.Single(":authority"u8) < 0 || !request.Value(request.Single(":scheme"u8)).SequenceEqual("http"u8)) return default;
        var target = request.Value(request.Single(":path"u8));
        var isKnown = _destinations.TryGet(target, out var destination);
        // Each byte a character: what is not ASCII is refused as that.
        if (!isKnown && TunnelDestination.Parse(Encoding.Latin1.GetString(target), out destination) is not null) return default;
        if (!environments.TryGetFresh(destination.EnvironmentId, out var environment) || environment is null or { Route.Status: EnvironmentStatus.Deleted }) return default;
        if (!IsCallOf(environment, request, destination.ServicePath)) return default;
        if (!isKnown) _destinations.Set(target, destination);
        return (destination, environment);
    }

    private bool IsCallOf(EnvironmentTarget environment, HeaderFields request, ReadOnlySpan<char> servicePath)
    {
        var (scheme, token) = (request.Single(SchemeHeader), request.Single(TokenHeader));
        if (scheme < 0 || token < 0 || !request.Value(scheme).SequenceEqual(Scheme)) return false;
        return RequestIdentityToken.IsGenuine(request.Value(token), environment.IdentityKeys, servicePath, clock.GetUtcNow());
    }
}
