using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Paths;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Errors;

/// <summary>Why the data plane refuses requests.</summary>
internal static class Refusals
{
    public static readonly Refusal TargetTooLong = new(
        StatusCodes.Status414UriTooLong, "target", $"The request target is longer than {RequestTarget.MaximumLength} characters.");

    public static readonly Refusal BadTarget = new(
        StatusCodes.Status400BadRequest, "target", "The request target must be a path of printable ASCII characters: percent-encode anything else.");

    public static readonly Refusal AmbiguousPath = new(
        StatusCodes.Status400BadRequest,
        "target",
        "The path is ambiguous: dot segments, doubled slashes, too many segments, encoded slashes, backslashes or control characters, "
        + "invalid percent-escapes and percent-escapes in place of Restate's own words are not accepted.");

    public static readonly Refusal NoEnvironment = new(
        StatusCodes.Status404NotFound,
        "environment",
        "The request names no environment that this credential belongs to: use the environment's own URL and a credential for it.");

    public static readonly Refusal Forbidden = new(
        StatusCodes.Status403Forbidden, "forbidden", "This credential's role does not allow this request: use an API key with a role that does.");

    public static readonly Refusal RateLimited = new(
        StatusCodes.Status429TooManyRequests, "rate", "Too many requests: the environment's rate limit is reached.", RetryAfterSeconds: 1);

    public static readonly Refusal TooManyInFlight = new(
        StatusCodes.Status429TooManyRequests,
        "concurrency",
        "Too many requests at the same time: the environment's limit on concurrent requests is reached.",
        RetryAfterSeconds: 1);

    public static readonly Refusal BodyTooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "body", "The request body is larger than this environment accepts.");

    public static readonly Refusal ControlPlaneUnavailable = new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The environment cannot be looked up at the moment: try again.", RetryAfterSeconds: 1);

    public static readonly Refusal UpstreamUnreachable = new(
        StatusCodes.Status503ServiceUnavailable,
        "upstream",
        "The environment does not accept connections at the moment; the request was not delivered: try again.",
        RetryAfterSeconds: 1);

    public static readonly Refusal UpstreamFailed = new(
        StatusCodes.Status502BadGateway,
        "upstream",
        "The environment broke off while answering; whether the request took effect is not known.");

    public static readonly Refusal UpstreamTimedOut = new(
        StatusCodes.Status504GatewayTimeout, "upstream", "The environment did not answer in time; whether the request took effect is not known.");

    public static readonly Refusal BadBody = new(
        StatusCodes.Status400BadRequest, "body", "The request body ended too early or is malformed.");

    public static readonly Refusal SlowBody = new(
        StatusCodes.Status408RequestTimeout, "body", "The request body came too slowly.");

    public static readonly Refusal Failed = new(
        StatusCodes.Status500InternalServerError, "failed", "The gateway failed to serve this request; whether it took effect is not known.");

    private static readonly FrozenDictionary<AuthenticationFailure, Refusal> Unauthenticated = Enum.GetValues<AuthenticationFailure>()
        .ToFrozenDictionary(failure => failure, failure => new Refusal(
            failure.StatusCode(),
            "credential",
            failure.Message(),
            failure.StatusCode() == StatusCodes.Status401Unauthorized ? null : AuthenticationFailures.RetryAfterSeconds));

    /// <summary>The caller is not known.</summary>
    public static Refusal Of(AuthenticationFailure failure) => Unauthenticated[failure];

    /// <summary>The environment is known and not ACTIVE.</summary>
    public static Refusal NotActive(EnvironmentRoute route) => new(
        StatusCodes.Status503ServiceUnavailable,
        "inactive",
        $"The environment is {route.Status.ToString().ToUpperInvariant()}: {route.Reason}",
        RetryAfterSeconds: route.Status == EnvironmentStatus.Pending ? 1 : 10);
}
