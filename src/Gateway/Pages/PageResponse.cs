using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RestateCloud.Gateway.Pages;

/// <summary>Answers with a page: rendered here, without scripts, cookies or anything from elsewhere.</summary>
internal static class PageResponse
{
    /// <summary>Writes the page.</summary>
    /// <param name="context">The exchange to answer.</param>
    /// <param name="parameters">The page's parameters.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="formLeadsTo">The origin outside this host that submitting the page's form may redirect to, or null.</param>
    public static Task WriteAsync<TPage>(
        HttpContext context, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK, string? formLeadsTo = null)
        where TPage : IComponent
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {PageStyle.Source}; img-src data:; form-action 'self' {formLeadsTo}; frame-ancestors 'none'; base-uri 'none'";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";

        // Not "no-referrer": browsers would send "origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status }.ExecuteAsync(context);
    }
}
