using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Errors;

/// <summary>
/// Answers for browsers as restate-server's ingress does (any origin, mirrored). A preflight carries no credential, so it cannot be
/// authenticated and is answered here. Nothing is given away: the gateway knows callers by a header that no browser sends by itself.
/// </summary>
internal static class Cors
{
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count == 1 && request.Headers.AccessControlRequestMethod.Count == 1;

    public static Task AnswerPreflightAsync(HttpContext context)
    {
        var (asked, answer) = (context.Request.Headers, context.Response.Headers);
        AllowReading(context);
        answer.AccessControlAllowMethods = asked.AccessControlRequestMethod;
        answer.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
        return context.Response.CompleteAsync();
    }

    /// <summary>Lets a page of another origin read this response.</summary>
    public static void AllowReading(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count != 1) return;
        context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        context.Response.Headers.Vary = "origin, access-control-request-method, access-control-request-headers";
    }
}
