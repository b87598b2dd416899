using System.Reflection;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>A proxy for a grain. Equal to every other reference to the same grain.</summary>
internal class GrainReference : Reference, IAddressable
{
    public GrainId GrainId { get; private set; }

    public override string TargetName => GrainId.ToString();

    public static GrainReference Create(GrainRuntime runtime, Type interfaceType, GrainId grainId)
    {
        var reference = (GrainReference)DispatchProxy.Create(interfaceType, typeof(GrainReference));
        reference.Runtime = runtime;
        reference.GrainId = grainId;
        return reference;
    }

    public override void Send(GrainRequest request) => Runtime.Activations.Send(GrainId, request);

    public override bool Equals(object? obj) => obj is GrainReference other && other.GrainId == GrainId;

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();
}
