using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.Errors;

/// <summary>
/// Gives every refusal and failure of the Api port the control API's form, those of the framework included: no endpoint, a method that the
/// endpoint does not have, a body that Kestrel refuses.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    private const string RetryAfterSeconds = "1";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
        }

        if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentType: null }) await FillInAsync(context);
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case CloudException refusal:
                return ErrorResponse.WriteAsync(context, (int)refusal.Error, refusal.Message);
            case BadHttpRequestException:
                return ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, "The request was cut off or is not valid HTTP. Send it again.");
            case OrleansException or TimeoutException or DbException:
                NotAnswered(context.Request.Path, exception);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return ErrorResponse.WriteAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The control plane does not answer at the moment. A change that you asked for may have been made or not: ask again, where possible with the same idempotency key.");
            default:
                var traceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
                OperationFailed(context.Request.Path, traceId, exception);
                return ErrorResponse.WriteAsync(
                    context,
                    StatusCodes.Status500InternalServerError,
                    $"Something failed here, not in your request. Try again; if it stays, tell the operator this trace id: {traceId}");
        }
    }

    private static Task FillInAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return ErrorResponse.WriteAsync(context, status, status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this path. /openapi/v1.json lists the operations.",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not possible here; use {context.Response.Headers.Allow}.",
            _ => "The request was refused. /openapi/v1.json describes what is possible.",
        });
    }

    [LoggerMessage(LogLevel.Error, "Control API: {Path} failed, trace id {TraceId}")]
    private partial void OperationFailed(PathString path, string traceId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Control API: grains or their storage did not answer {Path}")]
    private partial void NotAnswered(PathString path, Exception exception);
}
