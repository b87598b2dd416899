using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.SignIn.Tokens;

namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>Where a client redeems its code (RFC 6749, section 4.1.3). The client has no secret; the code is bound to where it was sent.</summary>
internal sealed class TokenEndpoint(AuthorizationCodes codes, IOptions<SignInOptions> options)
{
    /// <summary>The path.</summary>
    public const string Path = "/oauth2/token";

    /// <summary>Answers with an access token.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        var refusal = (form["grant_type"], form["client_id"], form["code"], form["redirect_uri"]) switch
        {
            (null, _, _, _) or (_, null, _, _) => OAuthError.InvalidRequest,
            (not "authorization_code", _, _, _) => OAuthError.UnsupportedGrantType,
            (_, { } client, _, _) when client != options.Value.ClientId => OAuthError.InvalidClient,
            (_, _, null, _) or (_, _, _, null) => OAuthError.InvalidRequest,
            _ => null,
        };
        if (refusal is null && await RedeemAsync(form, context.RequestAborted) is { } userId)
        {
            await TokenResponse.IssueAsync(context, userId);
        }
        else
        {
            await (refusal ?? OAuthError.InvalidGrant).WriteAsync(context);
        }
    }

    /// <summary>The code is used up by being shown, also with the wrong address or client: whoever has it is not who it was made for.</summary>
    private async Task<string?> RedeemAsync(FormFields form, CancellationToken cancellationToken) =>
        await codes.RedeemAsync(form["code"]!, cancellationToken) is { } grant && grant.ClientId == form["client_id"] && grant.RedirectUri == form["redirect_uri"]
            ? grant.UserId
            : null;
}
