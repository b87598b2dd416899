using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.SignIn.Device;

/// <summary>Waiting devices in the memory of this process.</summary>
internal sealed class DeviceGrants(IOptions<SignInOptions> options, TimeProvider time) : IDeviceGrants
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Waiting> _byDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Waiting> _byUser = new(StringComparer.Ordinal);

    private TimeSpan Lifetime => TimeSpan.FromSeconds(options.Value.DeviceSeconds);

    public DeviceCodes? Begin()
    {
        var codes = new DeviceCodes(OneTimeSecret.New(), UserCode.New());
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_byDevice.Count >= Capacity) Sweep(now);
            if (_byDevice.Count >= Capacity || _byUser.ContainsKey(codes.UserCode)) return null;
            var waiting = new Waiting(OneTimeSecret.KeyOf(codes.DeviceCode), codes.UserCode, now + Lifetime);
            _byDevice[waiting.DeviceKey] = waiting;
            _byUser[waiting.UserCode] = waiting;
        }

        return codes;
    }

    public bool Approve(string userCode, string userId)
    {
        lock (_lock)
        {
            if (!_byUser.TryGetValue(userCode, out var waiting) || waiting.UserId is not null || time.GetUtcNow() >= waiting.ExpiresAt) return false;
            waiting.UserId = userId;
            return true;
        }
    }

    public DevicePoll Poll(string deviceCode)
    {
        var key = OneTimeSecret.KeyOf(deviceCode);
        lock (_lock)
        {
            if (!_byDevice.TryGetValue(key, out var waiting)) return new(DeviceState.Unknown);
            var now = time.GetUtcNow();
            if (now >= waiting.ExpiresAt)
            {
                Forget(waiting);
                return new(DeviceState.Expired);
            }

            var tooFast = now < waiting.NextPollAt;
            waiting.NextPollAt = now.AddSeconds(options.Value.DeviceIntervalSeconds);
            if (tooFast) return new(DeviceState.TooFast);
            if (waiting.UserId is null) return new(DeviceState.Pending);
            Forget(waiting);
            return new(DeviceState.Approved, waiting.UserId);
        }
    }

    // An expired device is remembered for as long again, so that it hears that it has expired.
    private void Sweep(DateTimeOffset now)
    {
        foreach (var old in _byDevice.Values.Where(waiting => now >= waiting.ExpiresAt + Lifetime).ToArray()) Forget(old);
    }

    private void Forget(Waiting waiting)
    {
        _byDevice.Remove(waiting.DeviceKey);
        _byUser.Remove(waiting.UserCode);
    }

    private sealed class Waiting(string deviceKey, string userCode, DateTimeOffset expiresAt)
    {
        public string DeviceKey { get; } = deviceKey;

        public string UserCode { get; } = userCode;

        public DateTimeOffset ExpiresAt { get; } = expiresAt;

        public DateTimeOffset NextPollAt { get; set; }

        public string? UserId { get; set; }
    }
}
