using System.Reflection;
using RestateCloud.Grains.Embedded.Hosting;

namespace RestateCloud.Grains.Embedded.Calls;

/// <summary>
/// Base of the generated proxies that grains and clients hold. <see cref="DispatchProxy"/> is the framework's own way to implement an
/// interface at run time; the cost of a call is an array for the arguments and a dictionary lookup.
/// </summary>
internal abstract class Reference : DispatchProxy
{
    public GrainRuntime Runtime { get; protected set; } = null!;

    /// <summary>Who is called, for messages and logs.</summary>
    public abstract string TargetName { get; }

    /// <summary>Hands a request to the target; never throws.</summary>
    public abstract void Send(GrainRequest request);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => GrainMethod.Of(targetMethod!).Call(this, args ?? []);
}
