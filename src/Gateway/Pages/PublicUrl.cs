using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.Pages;

/// <summary>The URL of this host as the caller knows it.</summary>
internal static class PublicUrl
{
    /// <summary>Scheme, host and port, without a slash at the end. The host is the one that the caller asked, and is told to nobody else.</summary>
    public static string Of(HttpContext context)
    {
        var gateway = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        return $"{(context.Request.IsHttps ? Uri.UriSchemeHttps : gateway.PublicScheme)}://{context.Request.Host}";
    }
}
