using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Identity;

/// <summary>Why a request has no principal.</summary>
public enum AuthenticationFailure
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>No credential was sent.</summary>
    Missing,

    /// <summary>Something was sent that cannot be a credential, or more than one.</summary>
    Malformed,

    /// <summary>Unknown, revoked or forged: deliberately not told apart.</summary>
    Invalid,

    /// <summary>A genuine credential that has expired.</summary>
    Expired,

    /// <summary>Too many refused credentials came from this address; unknown ones are not looked at for a while.</summary>
    TooManyFailures,

    /// <summary>The credential is not known here and the control plane does not answer.</summary>
    Unavailable,
}

/// <summary>What callers are told.</summary>
public static class AuthenticationFailures
{
    /// <summary>Seconds after which a request that failed with <see cref="AuthenticationFailure.TooManyFailures"/> or <see cref="AuthenticationFailure.Unavailable"/> may succeed.</summary>
    public const int RetryAfterSeconds = 1;

    /// <summary>The HTTP status: 401, 429 or 503.</summary>
    public static int StatusCode(this AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.TooManyFailures => StatusCodes.Status429TooManyRequests,
        AuthenticationFailure.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status401Unauthorized,
    };

    /// <summary>A sentence for the caller: what is wrong and what to do.</summary>
    public static string Message(this AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.Missing => "Credentials are missing: send an API key or an access token as 'authorization: Bearer <token>'.",
        AuthenticationFailure.Malformed => "The authorization header is malformed: send exactly one, 'authorization: Bearer <API key or access token>'.",
        AuthenticationFailure.Expired => "The credential has expired: sign in again or create a new API key.",
        AuthenticationFailure.TooManyFailures => "Too many invalid credentials came from this address: wait a moment and check the credential.",
        AuthenticationFailure.Unavailable => "The credential cannot be checked at the moment: try again.",
        _ => "The credential is invalid: it is unknown, revoked or not of this cloud.",
    };
}
