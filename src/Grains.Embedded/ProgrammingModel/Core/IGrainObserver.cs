using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Something outside the grains that grains can call. Pass it through <see cref="IGrainFactory.CreateObjectReference{T}"/> first and keep
/// the object alive: the host holds it weakly, as Orleans does.
/// </summary>
public interface IGrainObserver : IAddressable;
