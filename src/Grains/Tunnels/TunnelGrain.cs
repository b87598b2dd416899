namespace RestateCloud.Grains.Tunnels;

internal sealed class TunnelGrain([PersistentState("tunnel")] IPersistentState<TunnelState> state, TimeProvider time) : Grain, ITunnelGrain
{
    // Not durable: whoever holds the tunnel says so again before anybody would miss it.
    private readonly Dictionary<string, Held> _holds = [];

    public async Task OpenAsync(string gatewayId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!state.RecordExists) await state.SaveAsync(new TunnelState { FirstOpenedAt = time.GetUtcNow() });
        await HoldAsync(gatewayId, since, cancellationToken);
    }

    public Task<bool> HoldAsync(string gatewayId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (state.RecordExists) _holds[gatewayId] = new Held(new TunnelHold(gatewayId, since), time.GetUtcNow() + ITunnelGrain.HoldLifetime);
        return Task.FromResult(state.RecordExists);
    }

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        _holds.Clear();
        if (state.RecordExists) await state.ClearStateAsync(CancellationToken.None);
        DeactivateOnIdle();
    }

    public Task ReleaseAsync(string gatewayId, CancellationToken cancellationToken)
    {
        _holds.Remove(gatewayId);
        return Task.CompletedTask;
    }

    public Task<TunnelDescription?> DescribeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var gone in _holds.Where(hold => hold.Value.ExpiresAt <= now).Select(hold => hold.Key).ToList()) _holds.Remove(gone);
        return Task.FromResult(state.RecordExists
            ? new TunnelDescription(state.State.FirstOpenedAt, [.. _holds.Values.Select(held => held.Hold).OrderBy(hold => hold.Since)])
            : null);
    }

    private sealed record Held(TunnelHold Hold, DateTimeOffset ExpiresAt);
}

internal sealed record TunnelState
{
    public DateTimeOffset FirstOpenedAt { get; init; }
}
