using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Calls;

namespace RestateCloud.Grains.Embedded.Copying;

/// <summary>Which types can be passed as they are, which can be copied, and which are refused.</summary>
internal static class TypeTraits
{
    private static readonly FrozenSet<Type> Leaves = FrozenSet.Create<Type>(
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(BigInteger), typeof(Int128),
        typeof(UInt128), typeof(Half), typeof(CancellationToken), typeof(GrainId), typeof(NoResult));

    private static readonly FrozenSet<Type> ImmutableCollections = FrozenSet.Create<Type>(
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
        typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
        typeof(KeyValuePair<,>));

    private static readonly ConcurrentDictionary<(Type, bool), bool> Known = new();

    /// <summary>Whether values of this type cannot change and hold nothing that can.</summary>
    /// <param name="type">The type.</param>
    /// <param name="exact">The value is exactly of this type and not of one that derives from it.</param>
    /// <exception cref="NotSupportedException">The type is neither immutable nor copyable.</exception>
    public static bool IsImmutable(Type type, bool exact = false) =>
        Known.TryGetValue((type, exact), out var known) ? known : Known[(type, exact)] = IsImmutable(type, exact, []);

    /// <summary>The instance fields of a type and its bases.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
            foreach (var field in declaring.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
    }

    private static bool IsImmutable(Type type, bool exact, HashSet<Type> visiting)
    {
        if (type.IsPrimitive || type.IsEnum || Leaves.Contains(type)) return true;
        if (type.IsDefined(typeof(ImmutableAttribute), inherit: false)) return true;
        if (typeof(Reference).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type)) return true;
        if (typeof(IGrainBase).IsAssignableFrom(type))
            throw new NotSupportedException($"{type} is a grain and not a reference to one: pass this.AsReference<T>().");
        if (typeof(IAddressable).IsAssignableFrom(type))
            return type.IsInterface
                ? false
                : throw new NotSupportedException($"{type} is an observer: pass the reference that CreateObjectReference gives.");
        if (Nullable.GetUnderlyingType(type) is { } underlying) return IsImmutable(underlying, exact: true, visiting);
        if (!visiting.Add(type)) return true; // A type that holds itself changes only if something else in it does.
        var immutable = IsCompositeImmutable(type, exact, visiting);
        visiting.Remove(type);
        return immutable;
    }

    private static bool IsCompositeImmutable(Type type, bool exact, HashSet<Type> visiting)
    {
        if (type.IsArray)
        {
            IsImmutable(type.GetElementType()!, exact: false, visiting);
            return false;
        }
        if (type.IsGenericType && ImmutableCollections.Contains(type.GetGenericTypeDefinition()))
            return type.GenericTypeArguments.All(argument => IsImmutable(argument, exact: false, visiting))
                ? true
                : throw new NotSupportedException($"{type} holds values that can change.");
        if (CollectionCopier.Handles(type))
        {
            foreach (var argument in type.GenericTypeArguments) IsImmutable(argument, exact: false, visiting);
            return false;
        }
        if (type.IsInterface || type.IsAbstract || type == typeof(object)) return false;
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !type.IsAssignableTo(typeof(ITuple)))
            throw Refusal(type);
        var immutable = true;
        foreach (var field in FieldsOf(type))
            immutable &= IsImmutable(field.FieldType, exact: false, visiting) && (field.IsInitOnly || type.IsValueType);
        return immutable && (exact || type.IsSealed || type.IsValueType);
    }

    // Orleans has no codec for the types that the compiler makes up for a collection expression either.
    private static NotSupportedException Refusal(Type type) => new(type.Name.StartsWith("<>z__", StringComparison.Ordinal)
        ? "A collection expression typed as an interface cannot cross a grain call: use an array, a List or an ImmutableArray."
        : $"{type} cannot cross a grain call. Mark it [GenerateSerializer], or [Immutable] when its values never change.");
}
