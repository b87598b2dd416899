using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Servers;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class RestartBackoffTests
{
    private readonly Clock _clock = new();
    private readonly RestartBackoff _backoff;

    public RestartBackoffTests() => _backoff = new RestartBackoff(new LocalProcessOptions(), _clock);

    [Fact]
    public void Pauses_double_up_to_a_minute()
    {
        var pauses = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            _backoff.Fail("x", TimeSpan.Zero);
            pauses.Add(_backoff.Remaining.TotalSeconds);
        }

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60], pauses);
    }

    [Fact]
    public void Six_failures_in_a_row_are_a_failure_and_fewer_are_not()
    {
        for (var i = 0; i < 5; i++) _backoff.Fail("x", TimeSpan.FromSeconds(30));
        Assert.False(_backoff.Hopeless);

        _backoff.Fail("x", TimeSpan.FromSeconds(30));
        Assert.True(_backoff.Hopeless);
    }

    [Fact]
    public void A_server_that_was_healthy_for_a_minute_begins_anew()
    {
        for (var i = 0; i < 10; i++) _backoff.Fail("x", TimeSpan.Zero);

        _backoff.Fail("y", TimeSpan.FromMinutes(1));

        Assert.Equal((1, "y", 0.25), (_backoff.Failures, _backoff.LastFailure, _backoff.Remaining.TotalSeconds));
    }

    [Fact]
    public void The_pause_passes()
    {
        _backoff.Fail("x", TimeSpan.Zero);
        _clock.Now += TimeSpan.FromSeconds(0.25);

        Assert.Equal(TimeSpan.Zero, _backoff.Remaining);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
