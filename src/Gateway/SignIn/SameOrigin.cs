using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.SignIn;

/// <summary>
/// Refuses forms that another site made a browser send. Browsers say where a form comes from, in <c>sec-fetch-site</c> on secure
/// origins and in <c>origin</c> always, and no page can alter either: so no token, cookie or stored state is needed.
/// </summary>
internal static class SameOrigin
{
    /// <summary>Whether the form was sent by a page of this host. What says nothing about its origin is refused.</summary>
    public static bool Sent(HttpRequest request) => request.Headers["sec-fetch-site"] switch
    {
        ["same-origin"] => true,
        [] => IsOwn(request.Headers.Origin, request.Host),
        _ => false,
    };

    // The host decides, not the scheme: what ends TLS in front of us changes the latter.
    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) && string.Equals(url.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
