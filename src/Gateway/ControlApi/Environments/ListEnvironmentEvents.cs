using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class ListEnvironmentEvents : AccountOperation<EnvironmentRequest, ListEnvironmentEventsResponse>
{
    public override string Summary => "Shows what is known of an environment and what happened to it, the last 100 events.";

    protected override async Task<ListEnvironmentEventsResponse> InvokeAsync(
        AccountCall call, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.DescribeEnvironmentAsync(request.EnvironmentId, cancellationToken);
        return new ListEnvironmentEventsResponse(
            [.. environment.Conditions.Select(ConditionItem.Of)], [.. environment.Events.Select(EventItem.Of)], environment.ResourceVersion);
    }
}

/// <param name="Conditions">What is known of it, one a kind.</param>
/// <param name="Events">What happened to it, oldest first.</param>
/// <param name="ResourceVersion">Rises with every change of the environment.</param>
internal sealed record ListEnvironmentEventsResponse(
    IReadOnlyList<ConditionItem> Conditions, IReadOnlyList<EventItem> Events, long ResourceVersion);

/// <summary>One thing that is true, false or unknown of an environment.</summary>
/// <param name="Type">What it is about: Provisioned or Ready.</param>
/// <param name="Status">True, False or Unknown.</param>
/// <param name="Reason">One word, for programs.</param>
/// <param name="Message">A sentence, for people.</param>
/// <param name="LastTransitionTime">When the status last changed.</param>
internal sealed record ConditionItem(string Type, string Status, string Reason, string Message, DateTimeOffset LastTransitionTime)
{
    /// <summary>The condition as Kubernetes writes one.</summary>
    public static ConditionItem Of(EnvironmentCondition condition) => new(
        condition.Type, condition.Status?.ToString() ?? "Unknown", condition.Reason, condition.Message, condition.LastTransition);
}

/// <summary>Something that happened to an environment.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">One word, for programs.</param>
/// <param name="Message">A sentence, for people.</param>
/// <param name="ResourceVersion">The version of the environment that it led to.</param>
internal sealed record EventItem(DateTimeOffset At, string Reason, string Message, long ResourceVersion)
{
    /// <summary>The event as the wire shows it.</summary>
    public static EventItem Of(EnvironmentEvent happened) => new(happened.At, happened.Reason, happened.Message, happened.ResourceVersion);
}
