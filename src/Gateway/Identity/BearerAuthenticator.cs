using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Identity;

/// <summary>Reads the credential and gives it to who knows its kind.</summary>
internal sealed class BearerAuthenticator(ApiKeyAuthenticator apiKeys, AccessTokenAuthenticator accessTokens) : IAuthenticator
{
    public ValueTask<Authentication> AuthenticateAsync(HttpContext context, CredentialMemo? memo, CancellationToken cancellationToken)
    {
        var failure = BearerCredential.TryRead(context.Request.Headers, out var credential);
        if (failure != AuthenticationFailure.None) return new(Authentication.Failed(failure));

        var address = context.Connection.RemoteIpAddress;
        var answer = ApiKeyAuthenticator.Recognizes(credential.Text.Span)
            ? apiKeys.AuthenticateAsync(credential, memo, address)
            : accessTokens.AuthenticateAsync(credential.Text, address);
        return answer.IsCompletedSuccessfully || !cancellationToken.CanBeCanceled ? answer : new(answer.AsTask().WaitAsync(cancellationToken));
    }
}
