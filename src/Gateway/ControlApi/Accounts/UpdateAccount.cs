using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class UpdateAccount : UserOperation<UpdateAccountRequest, AccountItem>
{
    public override string Summary => "Renames an account.";

    protected override async Task<AccountItem> InvokeAsync(UserCall call, UpdateAccountRequest request, CancellationToken cancellationToken)
    {
        var account = call.EnterAccount(request.AccountId);
        if (request.Name is { } name) await account.Account.RenameAsync(name, cancellationToken);
        var description = await account.DescribeAccountAsync(cancellationToken);
        return new AccountItem(description.AccountId, description.Name, account.Membership.Ownership);
    }
}

/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Name">The new name, as at creation; without it nothing changes.</param>
internal sealed record UpdateAccountRequest(string AccountId, string? Name = null);
