using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Accounts;

/// <summary>How a user stands to an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Ownership>))]
public enum Ownership
{
    /// <summary>Created it; may also delete it and choose who shares it.</summary>
    [JsonStringEnumMemberName("OWNED")] Owned,

    /// <summary>May use and change everything in it.</summary>
    [JsonStringEnumMemberName("SECONDARY_OWNED")] SecondaryOwned,
}
