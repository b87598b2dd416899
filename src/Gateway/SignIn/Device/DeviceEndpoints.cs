using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Pages;
using RestateCloud.Gateway.SignIn.Passwords;
using RestateCloud.Gateway.SignIn.Tokens;
using RestateCloud.Grains.SignIn;

namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>The device's side of the device flow, under the paths that CLI 1.7 uses.</summary>
internal sealed class DeviceEndpoints(DeviceGrants grants, AttemptLimiter limiter, IOptions<SignInOptions> options)
{
    /// <summary>Where a device begins.</summary>
    public const string AuthorizePath = "/user_management/authorize/device";

    /// <summary>Where a device asks whether its user has come.</summary>
    public const string AuthenticatePath = "/user_management/authenticate";

    private const string DeviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private static readonly OAuthError Pending = new("authorization_pending", "The user has not signed in yet.");
    private static readonly OAuthError SlowDown = new("slow_down", "Leave more time between two questions.");
    private static readonly OAuthError Expired = new("expired_token", "The user did not sign in in time. Begin again.");
    private static readonly OAuthError TooMany = new("temporarily_unavailable", "Too many devices are signing in. Try again in a minute.");

    /// <summary>Gives a device its codes.</summary>
    public async Task AuthorizeAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        if (form["client_id"] != options.Value.ClientId)
        {
            await OAuthError.InvalidClient.WriteAsync(context);
        }
        else if (!limiter.TryFrom(context.Connection.RemoteIpAddress) || await grants.BeginAsync(context.RequestAborted) is not { } codes)
        {
            context.Response.Headers.RetryAfter = AttemptLimiter.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            await TooMany.WriteAsync(context, StatusCodes.Status429TooManyRequests);
        }
        else
        {
            var page = $"{PublicUrl.Of(context)}{DevicePage.Path}";
            var answer = new DeviceAuthorization(
                codes.DeviceCode,
                codes.UserCode,
                page,
                $"{page}?{DevicePage.UserCodeField}={codes.UserCode}",
                options.Value.DeviceSeconds,
                options.Value.DeviceIntervalSeconds);
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(answer, SignInJson.Default.DeviceAuthorization, cancellationToken: context.RequestAborted);
        }
    }

    /// <summary>Gives a device its access token once its user has let it in.</summary>
    public async Task AuthenticateAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        var refusal = (form["grant_type"], form["client_id"], form["device_code"]) switch
        {
            (null, _, _) or (_, null, _) or (_, _, null) => OAuthError.InvalidRequest,
            (not DeviceCodeGrant, _, _) => OAuthError.UnsupportedGrantType,
            (_, { } client, _) when client != options.Value.ClientId => OAuthError.InvalidClient,
            _ => null,
        };
        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
            return;
        }

        var poll = await grants.PollAsync(form["device_code"]!, context.RequestAborted);
        await (poll.State switch
        {
            DeviceState.Approved => TokenResponse.IssueAsync(context, poll.UserId!),
            DeviceState.Pending => Pending.WriteAsync(context),
            DeviceState.TooFast => SlowDown.WriteAsync(context),
            DeviceState.Expired => Expired.WriteAsync(context),
            _ => OAuthError.InvalidGrant.WriteAsync(context),
        });
    }
}
