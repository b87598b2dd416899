using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>What a client asks for when it sends a browser to the sign-in page (RFC 6749, section 4.1.1).</summary>
/// <param name="ClientId">The client.</param>
/// <param name="RedirectUri">Where the browser goes afterwards: one of the few places that are known beforehand.</param>
/// <param name="State">Given back as it came, or null.</param>
internal sealed record AuthorizationRequest(string ClientId, string RedirectUri, string? State)
{
    /// <summary>The request in a query or a form, or null when it is not one that may be answered: then nothing is redirected anywhere.</summary>
    public static AuthorizationRequest? Parse(FormFields fields, SignInOptions options) =>
        fields["response_type"] == "code"
        && fields["client_id"] is { } clientId && clientId == options.ClientId
        && fields["redirect_uri"] is { } redirectUri && options.RedirectPorts.Any(port => redirectUri == CallbackOn(port))
            ? new AuthorizationRequest(clientId, redirectUri, fields["state"])
            : null;

    /// <summary>The origin of <see cref="RedirectUri"/>.</summary>
    public string RedirectOrigin => new Uri(RedirectUri).GetLeftPart(UriPartial.Authority);

    /// <summary>Where the browser goes with a code.</summary>
    public string RedirectWith(string code) =>
        RedirectUri + QueryString.Create([new("code", code), .. State is null ? [] : new KeyValuePair<string, string?>[] { new("state", State) }]);

    private static string CallbackOn(int port) => $"http://localhost:{port}/callback";
}
