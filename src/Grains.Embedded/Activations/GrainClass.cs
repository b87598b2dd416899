using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Core;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Storage;

namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>What is known about a grain class: its type name, its interfaces and how it is constructed.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;

    public GrainClass(Type type)
    {
        Type = type;
        Reentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? DefaultGrainType(type);
        Interfaces = [.. type.GetInterfaces().Where(candidate => typeof(IGrain).IsAssignableFrom(candidate))];
        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
            throw new InvalidOperationException($"Grain class {type} must have one public constructor; it has {constructors.Length}.");
        _constructor = constructors[0];
        _parameters = _constructor.GetParameters();
    }

    public Type Type { get; }

    public string GrainType { get; }

    public bool Reentrant { get; }

    public Type[] Interfaces { get; }

    /// <summary>Makes an instance; runs inside the activation's turn, where the base class finds its activation.</summary>
    public (IGrainBase Instance, IReadOnlyList<IStorage> States) Create(Activation activation)
    {
        var states = new List<IStorage>();
        var arguments = Array.ConvertAll(_parameters, parameter => Resolve(parameter, activation, states));
        var instance = (IGrainBase)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        return (instance, states);
    }

    private static object? Resolve(ParameterInfo parameter, Activation activation, List<IStorage> states)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            var storage = PersistentState.Create(parameter, activation, state.StateName);
            states.Add(storage);
            return storage;
        }
        if (parameter.ParameterType == typeof(IGrainContext)) return activation;
        var services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        return parameter.HasDefaultValue
            ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : services.GetRequiredService(parameter.ParameterType);
    }

    // Orleans' own default, so that ids read alike in both builds.
    private static string DefaultGrainType(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
