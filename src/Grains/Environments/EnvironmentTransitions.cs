using System.Collections.Immutable;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Grains.Environments;

/// <summary>How an environment's state follows from what is asked and seen: functions without effects.</summary>
internal static class EnvironmentTransitions
{
    private const int EventCapacity = 100;

    /// <summary>A change of what is asked for.</summary>
    public static EnvironmentState Ask(
        this EnvironmentState state, Func<DesiredEnvironment, DesiredEnvironment> change, string reason, string message, DateTimeOffset now)
    {
        var desired = change(state.Desired) with { Generation = state.Desired.Generation + 1 };
        var status = desired.Destroyed ? EnvironmentStatus.Deleted : EnvironmentStatus.Pending;
        return (state with { Desired = desired, Observed = state.Observed with { Status = status, Reason = message } })
            .Condition("Ready", false, reason, message, now)
            .Event(reason, message, now);
    }

    /// <summary>What was seen now. Returns the same instance when it tells nothing new.</summary>
    public static EnvironmentState See(this EnvironmentState state, EnvironmentObservation seen, LoopbackPorts? ports, DateTimeOffset now)
    {
        var observed = new ObservedEnvironment(
            StatusOf(seen, state.Desired.Generation), seen.Message, seen.RunningVersion ?? state.Observed.RunningVersion, seen.Ingress, seen.Admin);
        if (observed == state.Observed && ports == state.LoopbackPorts) return state;

        var next = state with { Observed = observed, LoopbackPorts = ports };
        var reason = observed.Status == EnvironmentStatus.Active ? "Active" : seen.Phase.ToString();
        var known = next.Condition("Ready", observed.Status == EnvironmentStatus.Active, reason, observed.Reason, now);
        return observed.Status == state.Observed.Status && observed.Reason == state.Observed.Reason
            ? known with { ResourceVersion = state.ResourceVersion + 1 }
            : known.Event(reason, observed.Reason, now);
    }

    /// <summary>Notes that something happened; every event is a new resource version.</summary>
    public static EnvironmentState Event(this EnvironmentState state, string reason, string message, DateTimeOffset now)
    {
        var version = state.ResourceVersion + 1;
        var events = state.Events.Length >= EventCapacity ? state.Events.RemoveAt(0) : state.Events;
        return state with { ResourceVersion = version, Events = events.Add(new EnvironmentEvent(now, reason, message, version)) };
    }

    private static EnvironmentStatus StatusOf(EnvironmentObservation seen, long generation) => seen.Phase switch
    {
        EnvironmentPhase.Ready when seen.Generation == generation => EnvironmentStatus.Active,
        EnvironmentPhase.Failed => EnvironmentStatus.Failed,
        _ => EnvironmentStatus.Pending,
    };

    private static EnvironmentState Condition(
        this EnvironmentState state, string type, bool status, string reason, string message, DateTimeOffset now)
    {
        var before = state.Conditions.FirstOrDefault(c => c.Type == type);
        var since = before?.Status == status ? before.LastTransition : now;
        ImmutableArray<EnvironmentCondition> others = [.. state.Conditions.Where(c => c.Type != type)];
        return state with { Conditions = others.Add(new EnvironmentCondition(type, status, reason, message, since)) };
    }
}
