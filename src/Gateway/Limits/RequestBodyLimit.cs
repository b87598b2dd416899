using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RestateCloud.Gateway.Limits;

/// <summary>Bounds request bodies: by their announced length at once, and by what arrives while they stream.</summary>
internal static class RequestBodyLimit
{
    /// <summary>What Kestrel takes without being told another limit, in bytes.</summary>
    public const long Untold = 30_000_000;

    /// <summary>False when the body is too large already by its own account.</summary>
    public static bool TryApply(HttpContext context, long limit)
    {
        if (context.Request.ContentLength is { } length && (length > limit || length <= Untold)) return length <= limit;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit;
        return true;
    }
}
