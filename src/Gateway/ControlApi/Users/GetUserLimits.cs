using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Users;

internal sealed class GetUserLimits(TierCatalog tiers) : UserOperation<EmptyRequest, GetUserLimitsResponse>
{
    public override string Summary => "Shows how many accounts the caller owns and may own.";

    protected override Task<GetUserLimitsResponse> InvokeAsync(UserCall call, EmptyRequest request, CancellationToken cancellationToken)
    {
        var owned = call.User.Accounts.Count(account => account.Ownership == Ownership.Owned);
        return Task.FromResult(new GetUserLimitsResponse(new Quota(owned, tiers.AccountsPerUser)));
    }
}

/// <param name="Accounts">Accounts that the caller owns; shared ones do not count.</param>
internal sealed record GetUserLimitsResponse(Quota Accounts);
