using System.Reflection;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>A proxy for an observer.</summary>
internal class ObserverReference : Reference, IAddressable
{
    public ObserverMailbox Mailbox { get; private set; } = null!;

    public override string TargetName => Mailbox.Name;

    public static object Create(GrainRuntime runtime, Type interfaceType, ObserverMailbox mailbox)
    {
        var reference = (ObserverReference)DispatchProxy.Create(interfaceType, typeof(ObserverReference));
        reference.Runtime = runtime;
        reference.Mailbox = mailbox;
        return reference;
    }

    public override void Send(GrainRequest request) => Mailbox.Send(request);

    public override bool Equals(object? obj) => obj is ObserverReference other && other.Mailbox == Mailbox;

    public override int GetHashCode() => Mailbox.GetHashCode();

    public override string ToString() => Mailbox.Name;
}
