using System.Diagnostics.CodeAnalysis;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Secrets;

namespace RestateCloud.Grains.Environments;

/// <summary>The environment's key pair and its rotation. What is asked is written first; the reconciler carries it out.</summary>
internal sealed partial class EnvironmentGrain
{
    public async Task<string> BeginIdentityRotationAsync(string? idempotencyKey, CancellationToken cancellationToken)
    {
        const string Request = "identity rotation";

        ThrowIfMissing();
        var now = time.GetUtcNow();
        if (state.State.Idempotency.Find(idempotencyKey, Request, now) is { } begun) return Replay(begun);
        ThrowIfRotating();

        var next = NewSigningPair();
        await state.SaveAsync((state.State with { Idempotency = state.State.Idempotency.Add(idempotencyKey, Request, next.PublicKey, now) })
            .BeginRotation(next, now));
        await PublishAsync();
        return next.PublicKey;
    }

    public async Task CompleteIdentityRotationAsync(string publicKey, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var next = state.State.NextSigningPair;
        if (next is null && publicKey == state.State.SigningPublicKey) return;
        if (next is null || next.PublicKey != publicKey) ThrowNotNext();

        await state.SaveAsync(state.State.CompleteRotation(next, time.GetUtcNow()));

        // Gateways know before a server signs with it.
        await PublishAsync();
        StepSoon();
    }

    public async Task CancelIdentityRotationAsync(string publicKey, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        if (state.State.IdentityKeys().Any(key => key.PublicKey == publicKey && key.State != IdentityKeyState.Next))
            throw new CloudException(CloudError.Conflict, "This rotation is completed and cannot be cancelled: rotate to another key.");
        if (state.State.NextSigningPair is not { } next) return;
        if (next.PublicKey != publicKey) ThrowNotNext();

        await state.SaveAsync(state.State.CancelRotation(time.GetUtcNow()));
        await PublishAsync();
    }

    private SigningPair NewSigningPair()
    {
        var identity = RequestIdentity.New();
        return new SigningPair(identity.PublicKey, protector.Protect(SecretPurpose.SigningKey(EnvironmentId), identity.PrivateKeyPem));
    }

    private string Replay(string begun) => state.State.IdentityKeys().Any(key => key.PublicKey == begun)
        ? begun
        : throw new CloudException(CloudError.Conflict, "The rotation that this idempotency key began is over; use a new idempotency key.");

    private void ThrowIfRotating()
    {
        if (state.State.NextSigningPair is { } next)
            throw new CloudException(CloudError.Conflict, $"A rotation to {next.PublicKey} is under way: complete or cancel it first.");
        if (state.State.RetiringKey is { } last)
        {
            var until = last.AcceptedUntil is { } end ? $"until {end:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "until its successor is in use";
            throw new CloudException(CloudError.Conflict, $"The last rotation is not over: {last.PublicKey} is still accepted {until}. Try again after that.");
        }
    }

    [DoesNotReturn]
    private void ThrowNotNext() => throw new CloudException(CloudError.Conflict, state.State.NextSigningPair is { } next
        ? $"This is not the environment's next identity key, which is {next.PublicKey}."
        : "No rotation of the environment's identity key is under way: begin one.");
}
