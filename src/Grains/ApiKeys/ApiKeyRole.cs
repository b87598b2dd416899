using System.Text.Json.Serialization;

namespace RestateCloud.Grains.ApiKeys;

/// <summary>What an API key may do; the exact names on the wire are those of the public Cloud API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiKeyRole>))]
public enum ApiKeyRole
{
    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("rst:role::FullAccess")] FullAccess,

    /// <summary>Everything on the ingress.</summary>
    [JsonStringEnumMemberName("rst:role::IngressAccess")] IngressAccess,

    /// <summary>Everything on the admin API.</summary>
    [JsonStringEnumMemberName("rst:role::AdminAccess")] AdminAccess,

    /// <summary>Resolve and reject awakeables.</summary>
    [JsonStringEnumMemberName("rst:role::CompleteAwakeableAccess")] CompleteAwakeableAccess,

    /// <summary>Open tunnels.</summary>
    [JsonStringEnumMemberName("rst:role::TunnelAccess")] TunnelAccess,
}
