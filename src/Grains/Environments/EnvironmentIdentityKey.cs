using System.Text.Json.Serialization;

namespace RestateCloud.Grains.Environments;

/// <summary>A public key that calls of an environment may be signed with.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="State">Where it stands in a rotation.</param>
/// <param name="AcceptedUntil">Of a retiring key: from when on it is refused; null until its successor is seen in use.</param>
[GenerateSerializer, Immutable]
public sealed record EnvironmentIdentityKey(string PublicKey, IdentityKeyState State, DateTimeOffset? AcceptedUntil = null);

/// <summary>Where a key stands in a rotation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IdentityKeyState>))]
public enum IdentityKeyState
{
    /// <summary>The environment signs with it.</summary>
    [JsonStringEnumMemberName("ACTIVE")] Active,

    /// <summary>The environment will sign with it when the rotation is completed.</summary>
    [JsonStringEnumMemberName("NEXT")] Next,

    /// <summary>The environment has signed with it: what was signed is still good.</summary>
    [JsonStringEnumMemberName("RETIRING")] Retiring,
}
