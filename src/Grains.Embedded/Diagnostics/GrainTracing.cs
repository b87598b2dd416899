using System.Diagnostics;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Calls;

namespace RestateCloud.Grains.Embedded.Diagnostics;

/// <summary>The activity source "RestateCloud.Grains.Embedded": a span for each request and each activation.</summary>
internal static class GrainTracing
{
    private static readonly ActivitySource Source = new("RestateCloud.Grains.Embedded");

    public static Activity? Start(GrainRequest request, GrainId grainId) => Source.HasListeners()
        ? Source.StartActivity(request.Name, ActivityKind.Internal, request.Caller, [new("grain.id", grainId.ToString())])
        : null;

    public static Activity? StartActivation(GrainId grainId) => Source.HasListeners()
        ? Source.StartActivity("Activate", ActivityKind.Internal, default(ActivityContext), [new("grain.id", grainId.ToString())])
        : null;
}
