using System.Diagnostics;

namespace RestateCloud.TestSupport;

/// <summary>Waits on a condition, never on the clock: polls until it holds and fails with its description when it does not in time.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> probe, string what, TimeSpan? within = null, CancellationToken cancellationToken = default, TimeSpan? pause = null)
        where T : class
    {
        var limit = within ?? TimeSpan.FromSeconds(60);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await probe() is { } found) return found;
            if (clock.Elapsed > limit) throw new TimeoutException($"Not within {limit}: {what}");
            await Task.Delay(pause ?? DefaultPause, cancellationToken);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        GetAsync(async () => await condition() ? "" : null, what, within, cancellationToken);

    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null, CancellationToken cancellationToken = default) =>
        HoldsAsync(() => Task.FromResult(condition()), what, within, cancellationToken);
}
