using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Orleans;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>Writes down which grains somebody turns to.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
internal class RecordedGrains : DispatchProxy
{
    private ConcurrentQueue<string> _keys = null!;
    private IGrainFactory _grains = null!;

    public static IGrainFactory Over(IGrainFactory grains, ConcurrentQueue<string> keys)
    {
        var proxy = Create<IGrainFactory, RecordedGrains>();
        var recorded = (RecordedGrains)(object)proxy;
        (recorded._grains, recorded._keys) = (grains, keys);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        if (method!.Name == nameof(IGrainFactory.GetGrain) && arguments!.OfType<string>().FirstOrDefault() is { } key) _keys.Enqueue(key);
        return method.Invoke(_grains, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }
}
