using System.Collections.Concurrent;
using System.Reflection;
using Orleans;

namespace RestateCloud.Grains.Embedded.Copying;

/// <summary>
/// Copies values that cross a grain call, so that neither side sees the other's later changes, as it would be between processes. Types that
/// cannot change are passed as they are; types that Orleans could not serialize are refused, so that the cluster build holds no surprise.
/// </summary>
internal abstract class ValueCopier
{
    private const int MaxDepth = 128;

    private static readonly ConcurrentDictionary<Type, ValueCopier> Known = new();

    /// <summary>The copier for a parameter; null when values are passed as they are.</summary>
    /// <exception cref="NotSupportedException">The type is neither immutable nor copyable.</exception>
    public static ValueCopier? For(ParameterInfo parameter, string method) =>
        parameter.IsDefined(typeof(ImmutableAttribute)) ? null : For(parameter.ParameterType, $"Parameter {parameter.Name} of {method}");

    /// <summary>The copier for a declared type; null when values are passed as they are.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">Where it is used, for the error.</param>
    /// <exception cref="NotSupportedException">The type is neither immutable nor copyable.</exception>
    public static ValueCopier? For(Type type, string place)
    {
        try
        {
            return TypeTraits.IsImmutable(type) ? null : ForDeclared(type);
        }
        catch (NotSupportedException refusal)
        {
            throw new NotSupportedException($"{place}: {refusal.Message}", refusal);
        }
    }

    /// <summary>A value that shares nothing changeable with <paramref name="value"/>.</summary>
    /// <exception cref="NotSupportedException">The value holds something that cannot be copied, contains itself, or is nested too
    /// deeply.</exception>
    public object? Copy(object? value) => Copy(value, 0);

    /// <inheritdoc cref="Copy(object?)"/>
    public object? Copy(object? value, int depth)
    {
        if (value is null) return null;
        if (depth > MaxDepth)
            throw new NotSupportedException(
                $"A {value.GetType()} contains itself or is nested more than {MaxDepth} deep: it cannot cross a grain call.");
        return CopyCore(value, depth);
    }

    protected abstract object CopyCore(object value, int depth);

    /// <summary>The copier for a member or element of this declared type.</summary>
    public static ValueCopier ForDeclared(Type type) =>
        type.IsValueType || type.IsSealed ? ForExact(Nullable.GetUnderlyingType(type) ?? type) : RuntimeTypeCopier.Instance;

    /// <summary>The copier for values of exactly this type.</summary>
    public static ValueCopier ForExact(Type type) => Known.GetOrAdd(type, static type =>
    {
        if (TypeTraits.IsImmutable(type, exact: true)) return SameCopier.Instance;
        if (type.IsArray) return new ArrayCopier(type.GetElementType()!);
        return CollectionCopier.TryCreate(type) ?? new MemberwiseCopier(type);
    });

    private sealed class SameCopier : ValueCopier
    {
        public static readonly SameCopier Instance = new();

        protected override object CopyCore(object value, int depth) => value;
    }

    /// <summary>For declared types that say too little, such as an interface or a class that others derive from.</summary>
    private sealed class RuntimeTypeCopier : ValueCopier
    {
        public static readonly RuntimeTypeCopier Instance = new();

        protected override object CopyCore(object value, int depth) => ForExact(value.GetType()).CopyCore(value, depth);
    }
}
