using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Environments;

/// <summary>The state of an environment in the words of the public Cloud API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EnvironmentStatus>))]
public enum EnvironmentStatus
{
    /// <summary>On its way to what was asked for.</summary>
    [JsonStringEnumMemberName("PENDING")] Pending,

    /// <summary>Ingress and admin answer.</summary>
    [JsonStringEnumMemberName("ACTIVE")] Active,

    /// <summary>Did not come up; the cloud goes on trying, more and more slowly.</summary>
    [JsonStringEnumMemberName("FAILED")] Failed,

    /// <summary>Being destroyed; gone once nothing of it is left.</summary>
    [JsonStringEnumMemberName("DELETED")] Deleted,
}
