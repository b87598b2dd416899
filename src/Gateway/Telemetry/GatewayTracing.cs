using System.Diagnostics;

namespace RestateCloud.Gateway.Telemetry;

/// <summary>The gateway's spans. Without a listener the client's trace context passes through untouched.</summary>
internal static class GatewayTracing
{
    public static readonly ActivitySource Source = new("RestateCloud.Gateway");

    /// <summary>Makes the span the parent of what the environment records.</summary>
    public static void Propagate(Activity? activity, HttpRequestMessage request)
    {
        if (activity is null) return;
        foreach (var field in DistributedContextPropagator.Current.Fields) request.Headers.Remove(field);
        DistributedContextPropagator.Current.Inject(
            activity, request, static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
    }
}
