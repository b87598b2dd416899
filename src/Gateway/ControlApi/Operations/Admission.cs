using System.Globalization;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.ControlApi.Errors;
using RestateCloud.Gateway.Identity;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>Lets in users with an access token, as often as they may call; everyone else gets an answer that says what is missing.</summary>
internal sealed class Admission(IAuthenticator authenticator, UserRateLimiter limiter, IGrainFactory grains)
{
    private const string KeysAreForEnvironments =
        "API keys open environments, not the control API. Send the access token of a user: 'restate cloud login' writes one.";

    private const string UserIsGone = "The user of this access token does not exist any more. Sign in again.";

    /// <summary>The call, or null when it was answered here.</summary>
    public async ValueTask<UserCall?> AdmitAsync(HttpContext context)
    {
        var (principal, failure) = await authenticator.AuthenticateAsync(context, memo: null, context.RequestAborted);
        switch (principal)
        {
            case UserPrincipal user:
                return await AdmitUserAsync(context, user.UserId);
            case ApiKeyPrincipal:
                await ErrorResponse.WriteAsync(context, StatusCodes.Status403Forbidden, KeysAreForEnvironments);
                return null;
            default:
                await RefuseAsync(context, failure);
                return null;
        }
    }

    private async ValueTask<UserCall?> AdmitUserAsync(HttpContext context, string userId)
    {
        if (!limiter.TryAcquire(userId, out var retryAfter))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ErrorResponse.WriteAsync(context, StatusCodes.Status429TooManyRequests, limiter.Message);
            return null;
        }

        if (await grains.GetGrain<IUserGrain>(userId).DescribeAsync(context.RequestAborted) is { } user)
        {
            return new UserCall(user, grains, context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        await ErrorResponse.WriteAsync(context, StatusCodes.Status401Unauthorized, UserIsGone);
        return null;
    }

    private static Task RefuseAsync(HttpContext context, AuthenticationFailure failure)
    {
        var status = failure.StatusCode();
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = failure == AuthenticationFailure.Missing ? "Bearer" : "Bearer error=\"invalid_token\"";
        }
        else
        {
            context.Response.Headers.RetryAfter = AuthenticationFailures.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return ErrorResponse.WriteAsync(context, status, failure.Message());
    }
}
