using RestateCloud.Grains.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What can be asked of a grain or of a reference to one.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the same grain through another of its interfaces; how a grain passes itself to others.</summary>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither a grain nor a reference, or its class does not implement the
    /// interface.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        GrainReference reference => (TGrainInterface)reference.Runtime.CreateReference(typeof(TGrainInterface), reference.GrainId),
        IGrainBase { GrainContext: RestateCloud.Grains.Embedded.Activations.Activation activation } =>
            (TGrainInterface)activation.Runtime.CreateReference(typeof(TGrainInterface), activation.GrainId),
        _ => throw NotAGrain(grain),
    };

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The grain's identity: type and key.</summary>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither a grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase implementation => implementation.GrainContext.GrainId,
        _ => throw NotAGrain(grain),
    };

    /// <summary>The key that the grain was asked for with.</summary>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither a grain nor a reference.</exception>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().KeyText;

    private static ArgumentException NotAGrain(IAddressable? grain) =>
        new($"{grain?.GetType().ToString() ?? "null"} is neither a grain nor a reference to one.", nameof(grain));
}
