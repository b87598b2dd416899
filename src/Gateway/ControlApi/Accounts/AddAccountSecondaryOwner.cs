using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class AddAccountSecondaryOwner : AccountOperation<SecondaryOwnerRequest, SecondaryOwnersResponse>
{
    public override string Summary => "Shares the account with another user. Only its owner may.";

    protected override async Task<SecondaryOwnersResponse> InvokeAsync(
        AccountCall call, SecondaryOwnerRequest request, CancellationToken cancellationToken)
    {
        var userId = request.CheckedUserId();
        await call.Account.AddSecondaryOwnerAsync(call.User.UserId, userId, cancellationToken);
        var account = await call.DescribeAccountAsync(cancellationToken);
        return new SecondaryOwnersResponse(account.SecondaryOwnerUserIds);
    }
}
