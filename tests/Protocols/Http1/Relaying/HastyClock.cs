namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>A clock on which a hundred seconds pass in one.</summary>
internal sealed class HastyClock : TimeProvider
{
    private const int Haste = 100;

    public override long TimestampFrequency => System.TimestampFrequency / Haste;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

    private static TimeSpan Hasten(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Haste;
}
