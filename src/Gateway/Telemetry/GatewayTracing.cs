using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace RestateCloud.Gateway.Telemetry;

/// <summary>The gateway's spans. Without a listener the client's trace context passes through untouched.</summary>
internal static class GatewayTracing
{
    public static readonly ActivitySource Source = new("RestateCloud.Gateway");

    private const string SpanName = "gateway request";

    /// <summary>Begins a span under the client's, or under that of ASP.NET Core where somebody listens to it too.</summary>
    public static Activity? Start(HttpContext context)
    {
        if (!Source.HasListeners()) return null;
        if (Activity.Current is not null) return Source.StartActivity(SpanName, ActivityKind.Server);

        DistributedContextPropagator.Current.ExtractTraceIdAndState(context.Request.Headers, ReadHeader, out var parent, out var state);
        ActivityContext.TryParse(parent, state, isRemote: true, out var parentContext);
        return Source.StartActivity(SpanName, ActivityKind.Server, parentContext);
    }

    /// <summary>Says what became of the request.</summary>
    public static void Complete(Activity? activity, string? environmentId, int status)
    {
        if (activity is null) return;
        activity.SetTag("restate_cloud.environment.id", environmentId);
        activity.SetTag("http.response.status_code", status);
        if (status >= 500) activity.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Makes the span the parent of what the environment records.</summary>
    public static void Propagate(Activity? activity, HttpRequestMessage request)
    {
        if (activity is null) return;
        foreach (var field in DistributedContextPropagator.Current.Fields) request.Headers.Remove(field);
        DistributedContextPropagator.Current.Inject(
            activity, request, static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
    }

    private static void ReadHeader(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        value = ((IHeaderDictionary)carrier!)[name];
    }
}
