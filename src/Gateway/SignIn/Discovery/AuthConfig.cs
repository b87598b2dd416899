using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RestateCloud.Gateway.Pages;

namespace RestateCloud.Gateway.SignIn.Discovery;

/// <summary>
/// How to sign in, read without a token. CLI 1.6 needs all three fields and an https <c>login_base_url</c>; CLI 1.7 needs the client id.
/// </summary>
/// <param name="ClientId">The client id of the command-line tools.</param>
/// <param name="Provider">The protocol of the authorization-code flow, in the only word that CLI 1.6 knows for it.</param>
/// <param name="LoginBaseUrl">The https URL of the sign-in pages, absent where this cloud has none.</param>
internal sealed record AuthConfig(string ClientId, string? Provider, string? LoginBaseUrl)
{
    /// <summary>The path.</summary>
    public const string Path = "/.auth-config";

    /// <summary>Answers with the configuration.</summary>
    public static Task HandleAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value;
        var login = options.LoginBaseUrl?.TrimEnd('/') ?? OwnHttpsUrl(context);
        var config = new AuthConfig(options.ClientId, login is null ? null : "cognito", login);
        return context.Response.WriteAsJsonAsync(config, SignInJson.Default.AuthConfig, cancellationToken: context.RequestAborted);
    }

    /// <summary>This host, if something in front ends TLS, or else under the process's own https port, which is known once the server listens.</summary>
    private static string? OwnHttpsUrl(HttpContext context)
    {
        if (PublicUrl.Of(context) is var url && url.StartsWith("https://", StringComparison.Ordinal)) return url;
        var addresses = context.RequestServices.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var https = addresses.FirstOrDefault(address => address.StartsWith("https://", StringComparison.Ordinal));
        return https is null ? null : $"https://{context.Request.Host.Host}:{BindingAddress.Parse(https).Port}";
    }
}
