using System.Reflection;
using System.Text.Json;

namespace RestateCloud.Grains.Secrets;

/// <summary>Changes the secrets inside stored state, for moving it to where other keys are in use.</summary>
public static class StoredSecrets
{
    private static readonly MethodInfo Change =
        typeof(StoredSecrets).GetMethod(nameof(ChangeOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly Dictionary<string, Type> Types = (
        from grain in typeof(StoredSecrets).Assembly.GetTypes()
        where grain.IsAssignableTo(typeof(Grain)) && !grain.IsAbstract
        from parameter in grain.GetConstructors().SelectMany(constructor => constructor.GetParameters())
        let state = parameter.GetCustomAttribute<PersistentStateAttribute>()
        where state is not null
        select (state.StateName, Type: parameter.ParameterType.GenericTypeArguments[0]))
        .ToDictionary(state => state.StateName, state => state.Type);

    /// <summary>A state with every secret in it changed; state without secrets is answered as it is.</summary>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainKey">The key of its grain.</param>
    /// <param name="json">The state.</param>
    /// <param name="change">Turns what is kept for a purpose into something else for the same purpose.</param>
    /// <param name="serialization">How states are written as JSON.</param>
    /// <exception cref="NotSupportedException">No grain of this version has such a state, so nobody knows what is secret in it.</exception>
    public static string ChangeIn(
        string stateName, string grainKey, string json, Func<string, string, string> change, JsonSerializerOptions serialization)
    {
        if (!Types.TryGetValue(stateName, out var type)) throw new NotSupportedException($"No grain of this version has a state '{stateName}'.");

        return type.IsAssignableTo(typeof(IHoldsSecrets<>).MakeGenericType(type))
            ? Change.MakeGenericMethod(type).CreateDelegate<Func<string, string, Func<string, string, string>, JsonSerializerOptions, string>>()(
                grainKey, json, change, serialization)
            : json;
    }

    private static string ChangeOf<TState>(
        string grainKey, string json, Func<string, string, string> change, JsonSerializerOptions serialization)
        where TState : IHoldsSecrets<TState> =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<TState>(json, serialization)!.ChangeSecrets(grainKey, change), serialization);
}
