using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans;

namespace RestateCloud.Grains.Embedded.Activations;

/// <summary>The grain classes of the application, by grain type and by the interfaces they implement.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<string, GrainClass> _byType;
    private readonly ConcurrentDictionary<Type, GrainClass> _byInterface = new();

    /// <exception cref="InvalidOperationException">Two classes have the same grain type, or one cannot be constructed.</exception>
    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        var classes = assemblies.Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false } && type.IsAssignableTo(typeof(Grain)))
            .Select(type => new GrainClass(type))
            .ToList();
        foreach (var same in classes.GroupBy(grainClass => grainClass.GrainType).Where(group => group.Count() > 1))
            throw new InvalidOperationException(
                $"Several classes have the grain type \"{same.Key}\": {string.Join(", ", same.Select(grainClass => grainClass.Type))}.");
        _byType = classes.ToFrozenDictionary(grainClass => grainClass.GrainType);
    }

    /// <summary>The class of a grain type.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public GrainClass Get(string grainType) =>
        Find(grainType) ?? throw new ArgumentException($"No grain class has the grain type \"{grainType}\".");

    /// <summary>The class of a grain type, or null.</summary>
    public GrainClass? Find(string grainType) => _byType.GetValueOrDefault(grainType);

    /// <summary>The one class that implements an interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="classNamePrefix">The start of the class's full name, when several implement it.</param>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public GrainClass Implementing(Type interfaceType, string? classNamePrefix)
    {
        if (classNamePrefix is null && _byInterface.TryGetValue(interfaceType, out var known)) return known;
        var found = _byType.Values
            .Where(candidate => candidate.Interfaces.Contains(interfaceType))
            .Where(candidate => classNamePrefix is null || candidate.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        if (found is not [var only])
            throw new ArgumentException(found.Count == 0
                ? $"No grain class implements {interfaceType}."
                : $"Several grain classes implement {interfaceType}: {string.Join(", ", found.Select(c => c.Type))}.");
        return classNamePrefix is null ? _byInterface[interfaceType] = only : only;
    }
}
