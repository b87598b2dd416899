using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Tiers;

/// <summary>What an environment is entitled to; the names on the wire are those of the public Cloud API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Tier>))]
public enum Tier
{
    /// <summary>For trying out.</summary>
    [JsonStringEnumMemberName("FREE")] Free,

    /// <summary>For a first production service.</summary>
    [JsonStringEnumMemberName("STARTER")] Starter,

    /// <summary>For a business.</summary>
    [JsonStringEnumMemberName("BUSINESS")] Business,

    /// <summary>For the largest tenants.</summary>
    [JsonStringEnumMemberName("PREMIUM")] Premium,
}
