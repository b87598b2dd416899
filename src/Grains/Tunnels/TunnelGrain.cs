using System.Collections.Immutable;

namespace RestateCloud.Grains.Tunnels;

internal sealed class TunnelGrain([PersistentState("tunnel")] IPersistentState<TunnelState> state, TimeProvider time) : Grain, ITunnelGrain
{
    // Renewals are not durable: who held the tunnel before this grain moved or its silo died has as long as anybody to say so again.
    private readonly Dictionary<string, DateTimeOffset> _expiries = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var hold in state.State.Holds) Renew(hold);
        return Task.CompletedTask;
    }

    public async Task OpenAsync(TunnelHold hold, CancellationToken cancellationToken)
    {
        if (!state.RecordExists) await state.SaveAsync(new TunnelState { FirstOpenedAt = time.GetUtcNow() });
        await HoldAsync(hold, cancellationToken);
    }

    public async Task<bool> HoldAsync(TunnelHold hold, CancellationToken cancellationToken)
    {
        if (!state.RecordExists) return false;
        if (!state.State.Holds.Contains(hold)) await SaveAsync([.. Others(hold.GatewayId), hold]);
        Renew(hold);
        return true;
    }

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (state.RecordExists) await state.ClearStateAsync(CancellationToken.None);
        DeactivateOnIdle();
    }

    public Task ReleaseAsync(string gatewayId, CancellationToken cancellationToken) =>
        state.State.Holds.Any(hold => hold.GatewayId == gatewayId) ? SaveAsync([.. Others(gatewayId)]) : Task.CompletedTask;

    public Task<TunnelDescription?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(state.RecordExists
        ? new TunnelDescription(state.State.FirstOpenedAt, [.. state.State.Holds.Where(IsAlive).OrderBy(hold => hold.Since)])
        : null);

    private IEnumerable<TunnelHold> Others(string gatewayId) => state.State.Holds.Where(hold => hold.GatewayId != gatewayId && IsAlive(hold));

    private bool IsAlive(TunnelHold hold) => time.GetUtcNow() < _expiries.GetValueOrDefault(hold.GatewayId);

    private void Renew(TunnelHold hold) => _expiries[hold.GatewayId] = time.GetUtcNow() + ITunnelGrain.HoldLifetime;

    private async Task SaveAsync(ImmutableArray<TunnelHold> holds)
    {
        await state.SaveAsync(state.State with { Holds = holds });
        var held = holds.Select(hold => hold.GatewayId).ToHashSet();
        foreach (var gone in _expiries.Keys.Where(gateway => !held.Contains(gateway)).ToList()) _expiries.Remove(gone);
    }
}

internal sealed record TunnelState
{
    public DateTimeOffset FirstOpenedAt { get; init; }

    /// <summary>The gateways that hold it or did when it was last said; of those that have gone since some may be among them.</summary>
    public ImmutableArray<TunnelHold> Holds { get; init; } = [];
}
