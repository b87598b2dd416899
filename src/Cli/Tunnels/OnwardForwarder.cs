using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace RestateCloud.Cli.Tunnels;

/// <summary>Sends calls on and keeps account of them.</summary>
internal sealed class OnwardForwarder(IHttpForwarder forwarder, TunnelActivity activity) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = StreamingHttp.CreateInvoker();

    /// <summary>Sends one on; 502 when nobody takes it.</summary>
    /// <param name="context">The call.</param>
    /// <param name="origin">Scheme and authority of whom it goes to.</param>
    /// <param name="config">The HTTP version to speak.</param>
    /// <param name="transformer">What changes.</param>
    /// <param name="shown">The path as the person at the terminal knows it.</param>
    public async Task ForwardAsync(HttpContext context, string origin, ForwarderRequestConfig config, OnwardTransformer transformer, string shown)
    {
        var started = Stopwatch.GetTimestamp();
        activity.Begin();
        try
        {
            var error = await forwarder.SendAsync(context, origin, _invoker, config, transformer);
            if (error != ForwarderError.None && !context.RequestAborted.IsCancellationRequested) await ReportAsync(context, origin);
        }
        finally
        {
            activity.End(new(context.Request.Method, shown, context.Response.StatusCode, Stopwatch.GetElapsedTime(started)));
        }
    }

    public void Dispose() => _invoker.Dispose();

    private Task ReportAsync(HttpContext context, string origin)
    {
        var exception = context.GetForwarderErrorFeature()?.Exception;
        var sentence = $"{origin} did not answer: {exception?.GetBaseException().Message}";
        activity.Failed(sentence);
        return context.Response.HasStarted ? Task.CompletedTask : context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
