using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.SignIn.Tokens;

/// <summary>An access token on its way to the client that asked for it (RFC 6749, section 5.1).</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="TokenType">Always Bearer.</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
internal sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn)
{
    /// <summary>Issues a token for a user and answers with it.</summary>
    /// <exception cref="Grains.Errors.CloudException">The user does not exist any more.</exception>
    public static async Task IssueAsync(HttpContext context, string userId)
    {
        var lifetime = AccessTokens.MaximumLifetime;
        var issuer = context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key);
        var token = await issuer.IssueAsync(userId, lifetime, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new TokenResponse(token, "Bearer", (int)lifetime.TotalSeconds), SignInJson.Default.TokenResponse, cancellationToken: context.RequestAborted);
    }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => nameof(TokenResponse);
}
