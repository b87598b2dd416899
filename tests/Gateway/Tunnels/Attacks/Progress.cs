using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>How much of something endless has been taken.</summary>
internal sealed class Progress
{
    private long _bytes;

    public long Bytes => Volatile.Read(ref _bytes);

    public void Add(int bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Completes when nothing of it has been taken for a while.</summary>
    public async Task IsStoppedAsync()
    {
        var last = 0L;
        await Eventually.GetAsync(() => Task.FromResult(IsStopped() ? "" : null), "it is taken no more", pause: TimeSpan.FromMilliseconds(500));

        bool IsStopped()
        {
            var before = last;
            last = Bytes;
            return last > 0 && before == last;
        }
    }
}
