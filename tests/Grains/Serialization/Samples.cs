using System.Collections.Immutable;
using System.Reflection;

namespace RestateCloud.Grains.Tests.Serialization;

/// <summary>Makes a value of any type of the grains' messages and states in which no member has its default.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly MethodInfo OfArray = typeof(Samples).GetMethod(nameof(ArrayOf), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly MethodInfo OfSet = typeof(Samples).GetMethod(nameof(SetOf), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static object Of(Type type, string name = "value")
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner, name);
        if (type == typeof(string)) return name;
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 1L << 40;
        if (type == typeof(byte)) return (byte)200;
        if (type == typeof(Guid)) return new Guid("0f0e0d0c-0b0a-0908-0706-050403020100");
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(90);
        if (type == typeof(DateTimeOffset)) return Time;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (IsGeneric(type, typeof(ImmutableArray<>))) return OfArray.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [name])!;
        if (IsGeneric(type, typeof(ImmutableHashSet<>))) return OfSet.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [name])!;
        return RecordOf(type);
    }

    private static object RecordOf(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new NotSupportedException($"There is no sample of {type}; add one here.");
        var value = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, p.Name!))]);
        var parameters = constructor.GetParameters().Select(p => p.Name).ToHashSet();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !parameters.Contains(p.Name)))
            property.SetValue(value, Of(property.PropertyType, property.Name));
        return value;
    }

    private static ImmutableArray<T> ArrayOf<T>(string name) => [(T)Of(typeof(T), name)];

    private static ImmutableHashSet<T> SetOf<T>(string name) => [(T)Of(typeof(T), name)];

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
