using System.Collections.Immutable;

namespace RestateCloud.Grains.SignIn;

internal sealed class AuthorizationCodesGrain(
    [PersistentState("authorization-codes")] IPersistentState<AuthorizationCodesState> state, TimeProvider time) : Grain, IAuthorizationCodesGrain
{
    private IEnumerable<PendingCode> Alive => state.State.Pending.Where(code => time.GetUtcNow() < code.ExpiresAt);

    public async Task<bool> IssueAsync(string codeHash, AuthorizationGrant grant, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ImmutableArray<PendingCode> alive = [.. Alive];
        if (alive.Length >= IAuthorizationCodesGrain.Capacity) return false;

        await state.SaveAsync(new() { Pending = alive.Add(new(codeHash, grant, time.GetUtcNow() + lifetime)) });
        return true;
    }

    public async Task<AuthorizationGrant?> RedeemAsync(string codeHash, CancellationToken cancellationToken)
    {
        if (Alive.FirstOrDefault(code => SignInHash.AreEqual(code.CodeHash, codeHash)) is not { } pending) return null;

        await state.SaveAsync(new() { Pending = [.. Alive.Where(code => code != pending)] });
        return pending.Grant;
    }
}

internal sealed record AuthorizationCodesState
{
    public ImmutableArray<PendingCode> Pending { get; init; } = [];
}

internal sealed record PendingCode(string CodeHash, AuthorizationGrant Grant, DateTimeOffset ExpiresAt);
