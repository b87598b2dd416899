using System.Collections.Immutable;

namespace RestateCloud.Grains.Environments;

/// <summary>
/// How an environment's key pair follows another: functions without effects. The next pair is shown before it is used, so that services
/// can learn of it; the last one is accepted for a while after, so that nothing is lost that it has signed.
/// </summary>
internal static class IdentityRotation
{
    public static EnvironmentState BeginRotation(this EnvironmentState state, SigningPair next, DateTimeOffset now) =>
        (state with { NextSigningPair = next })
            .Event("IdentityKeyAdded", $"The next identity key is {next.PublicKey}: give it to your services beside the present one.", now);

    public static EnvironmentState CancelRotation(this EnvironmentState state, DateTimeOffset now) =>
        (state with { NextSigningPair = null })
            .Event("IdentityKeyWithdrawn", $"The identity key {state.NextSigningPair?.PublicKey} will not be used.", now);

    /// <summary>The next pair is the one to use; of the last the private half is gone from here on.</summary>
    public static EnvironmentState CompleteRotation(this EnvironmentState state, SigningPair next, DateTimeOffset now) =>
        (state with
        {
            SigningPublicKey = next.PublicKey,
            SigningPrivateKey = next.PrivateKey,
            NextSigningPair = null,
            RetiringKey = new RetiringKey(state.SigningPublicKey, AcceptedUntil: null),
        }).Ask(desired => desired, "IdentityKeyChanged", $"It is changing to the identity key {next.PublicKey}.", now);

    /// <summary>Lets go of the last key in time. Returns the same instance when there is nothing to do.</summary>
    public static EnvironmentState Retire(this EnvironmentState state, TimeSpan overlap, DateTimeOffset now) => state.RetiringKey switch
    {
        // Until the servers that run are known to have the new key they may go on signing with this one.
        { AcceptedUntil: null } key when state.Observed.Status == EnvironmentStatus.Active =>
            (state with { RetiringKey = key with { AcceptedUntil = now + overlap } })
                .Event("IdentityKeyRetiring", $"The identity key {key.PublicKey} is accepted for another {overlap.TotalSeconds:0} s.", now),
        { AcceptedUntil: { } until } key when until <= now =>
            (state with { RetiringKey = null })
                .Event("IdentityKeyRetired", $"The identity key {key.PublicKey} is accepted no more: take it from your services.", now),
        _ => state,
    };

    /// <summary>Every key that a call may be signed with, the one in use first.</summary>
    public static ImmutableArray<EnvironmentIdentityKey> IdentityKeys(this EnvironmentState state)
    {
        var keys = ImmutableArray.CreateBuilder<EnvironmentIdentityKey>();
        keys.Add(new EnvironmentIdentityKey(state.SigningPublicKey, IdentityKeyState.Active));
        if (state.NextSigningPair is { } next) keys.Add(new EnvironmentIdentityKey(next.PublicKey, IdentityKeyState.Next));
        if (state.RetiringKey is { } last) keys.Add(new EnvironmentIdentityKey(last.PublicKey, IdentityKeyState.Retiring, last.AcceptedUntil));
        return keys.ToImmutable();
    }
}
