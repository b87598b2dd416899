using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Pages;
using RestateCloud.Gateway.SignIn.Passwords;

namespace RestateCloud.Gateway.SignIn.AuthorizationCode;

/// <summary>The page on which a browser sent by CLI 1.0 to 1.6 signs in; it ends at the CLI's own port with a code.</summary>
internal sealed class LoginPage(PasswordSignIn passwords, AuthorizationCodes codes, IOptions<SignInOptions> options)
{
    /// <summary>The path.</summary>
    public const string Path = "/login";

    /// <summary>Shows the form.</summary>
    public Task ShowAsync(HttpContext context) =>
        AuthorizationRequest.Parse(FormFields.Of(context.Request.Query), options.Value) is { } request
            ? ShowFormAsync(context, request, StatusCodes.Status200OK, email: null, problem: null)
            : RefuseAsync(context);

    /// <summary>Takes the form.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        if (!SameOrigin.Sent(context.Request) || AuthorizationRequest.Parse(form, options.Value) is not { } request)
        {
            await RefuseAsync(context);
            return;
        }

        var email = form["email"] ?? "";
        var outcome = await passwords.TryAsync(email, form["password"] ?? "", context.Connection.RemoteIpAddress, context.RequestAborted);
        if (outcome.UserId is not { } userId)
        {
            await ShowFormAsync(context, request, outcome.StatusCode(context), email, outcome.Message);
        }
        else if (await codes.IssueAsync(new(userId, request.ClientId, request.RedirectUri), context.RequestAborted) is { } code)
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = request.RedirectWith(code);
            context.Response.Headers.CacheControl = "no-store";
        }
        else
        {
            await ShowFormAsync(
                context, request, StatusCodes.Status503ServiceUnavailable, email, "Too many people are signing in. Try again in a minute.");
        }
    }

    private static Task ShowFormAsync(HttpContext context, AuthorizationRequest request, int status, string? email, string? problem) =>
        PageResponse.WriteAsync<LoginView>(
            context,
            new()
            {
                [nameof(LoginView.ClientId)] = request.ClientId,
                [nameof(LoginView.RedirectUri)] = request.RedirectUri,
                [nameof(LoginView.State)] = request.State,
                [nameof(LoginView.Email)] = email,
                [nameof(LoginView.Problem)] = problem,
            },
            status,
            formLeadsTo: request.RedirectOrigin);

    private static Task RefuseAsync(HttpContext context) => PageResponse.WriteAsync<MessageView>(
        context,
        new()
        {
            [nameof(MessageView.Title)] = "This link does not work",
            [nameof(MessageView.Message)] = "Start again on the command line with “restate cloud login” and use the link that it opens.",
        },
        StatusCodes.Status400BadRequest);
}
