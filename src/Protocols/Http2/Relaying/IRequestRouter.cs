using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>Decides where requests go that come on a connection.</summary>
public interface IRequestRouter
{
    /// <summary>Opens the request on another connection, at once and without waiting for anything.</summary>
    /// <param name="caller">The request's stream, for <see cref="RelayTarget.TryOpen"/>.</param>
    /// <param name="request">The request's fields, well formed; they may be changed.</param>
    /// <param name="isLast">Whether it has no body.</param>
    /// <returns>False when nobody takes it: then it is refused as one that was not looked at.</returns>
    bool TryRoute(RelayStream caller, HeaderFields request, bool isLast);
}
