using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.SignIn;

/// <summary>A refusal in the form that OAuth clients read (RFC 6749, section 5.2; RFC 8628, section 3.5).</summary>
/// <param name="Error">The code that programs act on.</param>
/// <param name="ErrorDescription">A sentence for people.</param>
internal sealed record OAuthError(string Error, string ErrorDescription)
{
    /// <summary>The client id is not one of this cloud's.</summary>
    public static OAuthError InvalidClient { get; } = new("invalid_client", "Unknown client_id. /.auth-config shows the one to use.");

    /// <summary>The grant is unknown, used up, expired, or was given to another client.</summary>
    public static OAuthError InvalidGrant { get; } = new("invalid_grant", "The code is unknown, used or expired. Sign in again.");

    /// <summary>The endpoint does not take this grant type.</summary>
    public static OAuthError UnsupportedGrantType { get; } = new("unsupported_grant_type", "This endpoint does not take that grant_type.");

    /// <summary>A parameter is missing, repeated or too long.</summary>
    public static OAuthError InvalidRequest { get; } = new("invalid_request", "A parameter is missing, repeated or too long.");

    /// <summary>Answers with the refusal.</summary>
    public Task WriteAsync(HttpContext context, int status = StatusCodes.Status400BadRequest)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(this, SignInJson.Default.OAuthError, cancellationToken: context.RequestAborted);
    }
}
