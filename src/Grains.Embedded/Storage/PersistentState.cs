using System.Reflection;
using Orleans.Core;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Activations;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>Makes the stored record that a constructor parameter asks for.</summary>
internal static class PersistentState
{
    /// <exception cref="InvalidOperationException">The parameter is not an <see cref="IPersistentState{TState}"/>.</exception>
    public static IStorage Create(ParameterInfo parameter, Activation activation, string name)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException(
                $"Parameter {parameter.Name} of {parameter.Member.DeclaringType} has [PersistentState] and is no IPersistentState.");
        return (IStorage)Activator.CreateInstance(typeof(PersistentState<>).MakeGenericType(type.GenericTypeArguments), activation, name)!;
    }
}
