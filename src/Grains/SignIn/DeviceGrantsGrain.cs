using System.Collections.Immutable;

namespace RestateCloud.Grains.SignIn;

internal sealed class DeviceGrantsGrain(
    [PersistentState("device-grants")] IPersistentState<DeviceGrantsState> state, TimeProvider time) : Grain, IDeviceGrantsGrain
{
    // Not durable: a device that is not told to slow down once does no harm.
    private readonly Dictionary<string, DateTimeOffset> _nextPolls = [];

    public async Task<bool> BeginAsync(string deviceHash, string userHash, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        ImmutableArray<WaitingDevice> known = [.. state.State.Waiting.Where(device => now < device.ForgottenAt)];
        if (known.Length >= IDeviceGrantsGrain.Capacity || known.Any(device => SignInHash.AreEqual(device.UserHash, userHash))) return false;

        await SaveAsync(known.Add(new(deviceHash, userHash, now + lifetime, now + (2 * lifetime))));
        return true;
    }

    public async Task<bool> ApproveAsync(string userHash, string userId, CancellationToken cancellationToken)
    {
        var waiting = state.State.Waiting.FirstOrDefault(device => SignInHash.AreEqual(device.UserHash, userHash));
        if (waiting is null or { UserId: not null } || time.GetUtcNow() >= waiting.ExpiresAt) return false;

        await SaveAsync(state.State.Waiting.Replace(waiting, waiting with { UserId = userId }));
        return true;
    }

    public async Task<DevicePoll> PollAsync(string deviceHash, TimeSpan interval, CancellationToken cancellationToken)
    {
        if (state.State.Waiting.FirstOrDefault(device => SignInHash.AreEqual(device.DeviceHash, deviceHash)) is not { } waiting)
            return new(DeviceState.Unknown);

        var now = time.GetUtcNow();
        if (now >= waiting.ExpiresAt)
        {
            await SaveAsync(state.State.Waiting.Remove(waiting));
            return new(DeviceState.Expired);
        }

        var tooFast = now < _nextPolls.GetValueOrDefault(deviceHash);
        _nextPolls[waiting.DeviceHash] = now + interval;
        if (tooFast) return new(DeviceState.TooFast);
        if (waiting.UserId is null) return new(DeviceState.Pending);

        await SaveAsync(state.State.Waiting.Remove(waiting));
        return new(DeviceState.Approved, waiting.UserId);
    }

    private async Task SaveAsync(ImmutableArray<WaitingDevice> waiting)
    {
        await state.SaveAsync(new() { Waiting = waiting });
        var known = waiting.Select(device => device.DeviceHash).ToHashSet();
        foreach (var gone in _nextPolls.Keys.Where(device => !known.Contains(device)).ToList()) _nextPolls.Remove(gone);
    }
}

internal sealed record DeviceGrantsState
{
    public ImmutableArray<WaitingDevice> Waiting { get; init; } = [];
}

/// <param name="DeviceHash">The hash of what the device asks with.</param>
/// <param name="UserHash">The hash of what its user types.</param>
/// <param name="ExpiresAt">Until then its user may come.</param>
/// <param name="ForgottenAt">Until then it hears that its user has not.</param>
/// <param name="UserId">The user who has let it in, or null.</param>
internal sealed record WaitingDevice(string DeviceHash, string UserHash, DateTimeOffset ExpiresAt, DateTimeOffset ForgottenAt, string? UserId = null);
