using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Grains.Tokens;

namespace RestateCloud.Gateway.SignIn.Discovery;

/// <summary>The public keys that access tokens are verified with (RFC 7517).</summary>
/// <param name="Keys">The keys, the one in use first.</param>
internal sealed record JsonWebKeys(IReadOnlyList<JsonWebKey> Keys)
{
    /// <summary>The path.</summary>
    public const string Path = "/.well-known/jwks.json";

    /// <summary>Answers with the keys.</summary>
    public static async Task HandleAsync(HttpContext context)
    {
        var issuer = context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key);
        var keys = await issuer.GetPublicKeysAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "public, max-age=300";
        await context.Response.WriteAsJsonAsync(
            new JsonWebKeys([.. keys.Select(JsonWebKey.Of)]), SignInJson.Default.JsonWebKeys, cancellationToken: context.RequestAborted);
    }
}

/// <summary>A public key on P-256 for ES256 signatures (RFC 7518, section 6.2.1).</summary>
internal sealed record JsonWebKey(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y)
{
    /// <summary>The key as a JWK.</summary>
    public static JsonWebKey Of(TokenKey key) => new("EC", "P-256", "sig", "ES256", key.KeyId, key.X, key.Y);
}
