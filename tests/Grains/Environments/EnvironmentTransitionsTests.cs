using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Tests.Environments;

public sealed class EnvironmentTransitionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UpstreamAddress Socket = UpstreamAddress.Unix("/tmp/s");

    private static readonly EnvironmentState Wanted = new() { Desired = new DesiredEnvironment(Tier.Free, "1.7.12", Destroyed: false, Generation: 1) };

    [Fact]
    public void An_environment_whose_servers_are_ready_is_active()
    {
        var state = Wanted.See(Ready(generation: 1), ports: null, Noon);

        Assert.Equal(EnvironmentStatus.Active, state.Observed.Status);
        Assert.True(Assert.Single(state.Conditions).Status);
        Assert.Equal("Active", Assert.Single(state.Events).Reason);
    }

    [Fact]
    public void Servers_of_an_earlier_generation_are_not_what_was_asked_for() =>
        Assert.Equal(EnvironmentStatus.Pending, Wanted.Ask(d => d with { Version = "1.8.0" }, "VersionChanged", "…", Noon)
            .See(Ready(generation: 1), ports: null, Noon).Observed.Status);

    [Fact]
    public void Seeing_the_same_again_changes_nothing()
    {
        var state = Wanted.See(Ready(generation: 1), ports: null, Noon);

        Assert.Same(state, state.See(Ready(generation: 1), ports: null, Noon.AddMinutes(1)));
    }

    [Fact]
    public void Every_change_raises_the_resource_version()
    {
        var active = Wanted.See(Ready(generation: 1), ports: null, Noon);
        var moved = active.See(Ready(generation: 1) with { Ingress = UpstreamAddress.Unix("/tmp/other") }, ports: null, Noon);
        var asked = moved.Ask(d => d with { Tier = Tier.Starter }, "TierChanged", "…", Noon);

        Assert.Equal([1, 2, 3], [active.ResourceVersion, moved.ResourceVersion, asked.ResourceVersion]);
    }

    [Fact]
    public void A_condition_keeps_the_time_of_its_last_change()
    {
        var starting = Wanted.See(Seen(EnvironmentPhase.Starting, "a"), ports: null, Noon);
        var still = starting.See(Seen(EnvironmentPhase.Starting, "b"), ports: null, Noon.AddMinutes(1));

        Assert.Equal(Noon, Assert.Single(still.Conditions).LastTransition);
    }

    [Fact]
    public void A_destroyed_environment_is_deleted_whatever_is_still_seen() =>
        Assert.Equal(EnvironmentStatus.Deleted, Wanted.Ask(d => d with { Destroyed = true }, "Destroying", "…", Noon).Observed.Status);

    [Fact]
    public void The_last_hundred_events_are_kept()
    {
        var state = Enumerable.Range(0, 150).Aggregate(Wanted, (s, i) => s.Event("E", $"{i}", Noon));

        Assert.Equal(100, state.Events.Length);
        Assert.Equal("149", state.Events[^1].Message);
        Assert.Equal(150, state.Events[^1].ResourceVersion);
    }

    private static EnvironmentObservation Ready(long generation) =>
        new(EnvironmentPhase.Ready, generation, "1.7.12", Socket, Socket, "It is running.");

    private static EnvironmentObservation Seen(EnvironmentPhase phase, string message) => new(phase, 1, null, null, null, message);
}
