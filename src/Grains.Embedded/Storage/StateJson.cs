using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>How grain state is written as JSON.</summary>
internal static class StateJson
{
    /// <summary>
    /// Unknown members are ignored and missing ones keep their default, so that state outlives changes of its type; enums are words.
    /// </summary>
    public static JsonSerializerOptions CreateOptions() => new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StoreWhatIsHeld } },
    };

    /// <summary>
    /// The serializer writes get-only properties but would not read them back. Those that hold something are made readable, and those that
    /// are
    /// computed are left out.
    /// </summary>
    private static void StoreWhatIsHeld(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.Set is not null || property.AssociatedParameter is not null) continue;
            if (property.AttributeProvider is PropertyInfo { DeclaringType: { } declaring } info
                && declaring.GetField($"<{info.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is { } field)
                property.Set = field.SetValue;
            else
                type.Properties.RemoveAt(i);
        }
    }
}
