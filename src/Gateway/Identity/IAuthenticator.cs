using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Identity;

/// <summary>Finds out who makes a request from its <c>authorization: Bearer</c> header: an API key or an access token.</summary>
public interface IAuthenticator
{
    /// <summary>
    /// Completes synchronously, without a grain call, for a credential that was seen before and has not changed. Never throws for
    /// anything a client can send.
    /// </summary>
    ValueTask<Authentication> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
