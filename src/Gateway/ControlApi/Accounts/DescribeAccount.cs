using RestateCloud.Gateway.ControlApi.Environments;
using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class DescribeAccount : AccountOperation<EmptyRequest, DescribeAccountResponse>
{
    public override string Summary => "Shows an account's environments.";

    public override string Description => "There is no subscription in the answer: accounts of this cloud have none.";

    protected override async Task<DescribeAccountResponse> InvokeAsync(
        AccountCall call, EmptyRequest request, CancellationToken cancellationToken)
    {
        var account = await call.DescribeAccountAsync(cancellationToken);
        return new DescribeAccountResponse(EnvironmentItem.ListOf(account));
    }
}

/// <param name="Environments">Its environments, oldest first.</param>
internal sealed record DescribeAccountResponse(IReadOnlyList<EnvironmentItem> Environments);
