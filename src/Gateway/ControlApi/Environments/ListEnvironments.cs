using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class ListEnvironments : AccountOperation<EmptyRequest, ListEnvironmentsResponse>
{
    public override string Summary => "Lists the account's environments, oldest first.";

    protected override async Task<ListEnvironmentsResponse> InvokeAsync(
        AccountCall call, EmptyRequest request, CancellationToken cancellationToken) =>
        new(EnvironmentItem.ListOf(await call.DescribeAccountAsync(cancellationToken)));
}

/// <param name="Environments">The environments.</param>
internal sealed record ListEnvironmentsResponse(IReadOnlyList<EnvironmentItem> Environments);
