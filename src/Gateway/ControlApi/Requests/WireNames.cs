using System.Reflection;
using System.Text.Json.Serialization;

namespace RestateCloud.Gateway.ControlApi.Requests;

/// <summary>The names that an enumeration has on the wire.</summary>
internal static class WireNames
{
    /// <summary>The names, in the order of declaration.</summary>
    public static IEnumerable<string> Of(Type enumeration) => enumeration
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);
}
