using System.Diagnostics;

namespace RestateCloud.Micro.Cedar;

/// <summary>
/// What one call costs in the steady state: the best of many rounds, each shorter than a scheduler's time slice, so that other
/// work on the machine counts least.
/// </summary>
internal readonly record struct Timing(double Nanoseconds, double Bytes)
{
    private const int WarmUpRounds = 20;
    private const int Rounds = 60;

    public static Timing Measure<T>(Func<T> call, TimeSpan? time = null)
    {
        var least = time ?? TimeSpan.FromMilliseconds(2);
        var calls = 1;
        while (Run(call, calls) < least && calls < 1 << 28) calls *= 2;
        for (var round = 0; round < WarmUpRounds; round++) Run(call, calls);

        var (best, bytes) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var elapsed = Run(call, calls);
            bytes = Math.Min(bytes, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls);
            best = Math.Min(best, elapsed.TotalNanoseconds / calls);
        }

        return new Timing(best, bytes);
    }

    private static TimeSpan Run<T>(Func<T> call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) call();
        return Stopwatch.GetElapsedTime(start);
    }
}
