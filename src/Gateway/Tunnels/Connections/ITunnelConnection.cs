using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>A way to a tunnel's client on which requests are carried, wherever the client is connected.</summary>
internal interface ITunnelConnection
{
    /// <summary>Requests that are on it now.</summary>
    int InFlight { get; }

    /// <summary>Sends requests; a <see cref="ConnectionGoneException"/> in the failure says that nothing was sent.</summary>
    HttpMessageInvoker Invoker { get; }

    /// <summary>Whether it takes no more requests, for good.</summary>
    bool IsLeaving { get; }

    /// <summary>Passes a request on frame by frame; false when it takes no more.</summary>
    bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedCall call);

    /// <summary>Puts a request on it; false when it takes no more. <see cref="Exit"/> follows.</summary>
    bool TryEnter();

    /// <summary>A request has ended.</summary>
    void Exit();

    /// <summary>It was found to take no more requests.</summary>
    void Retire();
}
