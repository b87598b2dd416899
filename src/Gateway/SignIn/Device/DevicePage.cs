using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Pages;
using RestateCloud.Gateway.SignIn.Passwords;

namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>The page on which a user lets a waiting device in.</summary>
internal sealed class DevicePage(PasswordSignIn passwords, DeviceGrants grants)
{
    /// <summary>The path.</summary>
    public const string Path = "/device";

    /// <summary>The field, and query parameter, of the user's code.</summary>
    public const string UserCodeField = "user_code";

    /// <summary>Shows the form.</summary>
    public Task ShowAsync(HttpContext context) =>
        ShowFormAsync(context, StatusCodes.Status200OK, UserCode.Parse(FormFields.Of(context.Request.Query)[UserCodeField]), email: null, problem: null);

    /// <summary>Takes the form.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        var (typed, email) = (form[UserCodeField], form["email"] ?? "");
        if (!SameOrigin.Sent(context.Request))
        {
            await ShowFormAsync(context, StatusCodes.Status400BadRequest, null, email, "That form came from another site. Use this one.");
            return;
        }

        // The password first: who has none cannot find out which codes there are.
        var outcome = await passwords.TryAsync(email, form["password"] ?? "", context.Connection.RemoteIpAddress, context.RequestAborted);
        if (outcome.UserId is not { } userId)
        {
            await ShowFormAsync(context, outcome.StatusCode(context), typed, email, outcome.Message);
        }
        else if (UserCode.Parse(typed) is not { } userCode || !await grants.ApproveAsync(userCode, userId, context.RequestAborted))
        {
            await ShowFormAsync(
                context, StatusCodes.Status400BadRequest, typed, email, "No command line waits for this code. It may have expired: start again there.");
        }
        else
        {
            await PageResponse.WriteAsync<MessageView>(context, new()
            {
                [nameof(MessageView.Title)] = "You are signed in",
                [nameof(MessageView.Message)] = "The command line goes on by itself. You can close this window.",
            });
        }
    }

    private static Task ShowFormAsync(HttpContext context, int status, string? userCode, string? email, string? problem) =>
        PageResponse.WriteAsync<DeviceView>(
            context,
            new()
            {
                [nameof(DeviceView.UserCode)] = userCode,
                [nameof(DeviceView.Email)] = email,
                [nameof(DeviceView.Problem)] = problem,
            },
            status);
}
