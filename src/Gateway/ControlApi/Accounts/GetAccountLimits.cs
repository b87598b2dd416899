using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class GetAccountLimits(TierCatalog tiers) : AccountOperation<EmptyRequest, GetAccountLimitsResponse>
{
    public override string Summary => "Shows how many free environments the account has and may have.";

    protected override async Task<GetAccountLimitsResponse> InvokeAsync(
        AccountCall call, EmptyRequest request, CancellationToken cancellationToken)
    {
        var account = await call.DescribeAccountAsync(cancellationToken);
        var free = account.Environments.Count(environment => environment.Tier == Tier.Free);
        return new GetAccountLimitsResponse(new Quota(free, tiers.Free.EnvironmentsPerAccount));
    }
}

/// <param name="FreeEnvironments">Environments of tier FREE.</param>
internal sealed record GetAccountLimitsResponse(Quota FreeEnvironments);
