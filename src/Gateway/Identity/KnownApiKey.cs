using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Identity;

/// <summary>An API key as this gateway knows it, with its principal made once.</summary>
internal sealed class KnownApiKey(ApiKeyRecord record)
{
    private long _lastUse = record.LastUsedAt?.UtcTicks ?? 0;

    public ApiKeyRecord Record { get; } = record;

    public ApiKeyPrincipal Principal { get; } = new(record.KeyId, record.EnvironmentId, record.AccountId, record.Role);

    /// <summary>True for one caller in every period: the one that should report that the key is in use.</summary>
    public bool TryBeginReport(DateTimeOffset now, TimeSpan period)
    {
        var last = Volatile.Read(ref _lastUse);
        return now.UtcTicks - last >= period.Ticks && Interlocked.CompareExchange(ref _lastUse, now.UtcTicks, last) == last;
    }
}
