using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Identity;

/// <summary>Finds out who makes a request from its <c>authorization: Bearer</c> header: an API key or an access token.</summary>
internal interface IAuthenticator
{
    /// <summary>
    /// Completes synchronously, without a grain call, for a credential that was seen before and has not changed. Never throws for
    /// anything a client can send.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="memo">What the connection remembers, or null where it remembers nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<Authentication> AuthenticateAsync(HttpContext context, CredentialMemo? memo, CancellationToken cancellationToken);
}
