using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.ControlApi.Errors;

/// <summary>Writes refusals and failures.</summary>
internal static class ErrorResponse
{
    /// <summary>Answers with a status and a sentence; headers that were set before stay.</summary>
    public static Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorBody(status, message), ControlApiJson.TypeOf<ErrorBody>());
    }
}
