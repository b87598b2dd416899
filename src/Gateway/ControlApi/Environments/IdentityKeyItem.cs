using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.ControlApi.Environments;

/// <summary>A public key that calls of an environment may be signed with.</summary>
/// <param name="PublicKey"><c>publickeyv1_…</c></param>
/// <param name="State">ACTIVE signs, NEXT will after CompleteIdentityKeyRotation, RETIRING did before.</param>
/// <param name="AcceptedUntil">Of a RETIRING key: from when on it is refused; absent until its successor is in use.</param>
internal sealed record IdentityKeyItem(string PublicKey, IdentityKeyState State, DateTimeOffset? AcceptedUntil)
{
    /// <summary>The key as the wire shows it.</summary>
    public static IdentityKeyItem Of(EnvironmentIdentityKey key) => new(key.PublicKey, key.State, key.AcceptedUntil);
}
