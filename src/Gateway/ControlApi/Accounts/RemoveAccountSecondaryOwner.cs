using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class RemoveAccountSecondaryOwner : AccountOperation<SecondaryOwnerRequest, SecondaryOwnersResponse>
{
    public override string Summary => "Ends a user's share in the account. Its owner may, and the user.";

    protected override async Task<SecondaryOwnersResponse> InvokeAsync(
        AccountCall call, SecondaryOwnerRequest request, CancellationToken cancellationToken)
    {
        var userId = request.CheckedUserId();
        await call.Account.RemoveSecondaryOwnerAsync(call.User.UserId, userId, cancellationToken);
        var account = await call.DescribeAccountAsync(cancellationToken);
        return new SecondaryOwnersResponse(account.SecondaryOwnerUserIds);
    }
}
