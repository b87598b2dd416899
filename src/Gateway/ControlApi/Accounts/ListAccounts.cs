using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class ListAccounts(IGrainFactory grains) : UserOperation<EmptyRequest, ListAccountsResponse>
{
    public override string Summary => "Lists the accounts that the caller owns or shares, oldest first.";

    protected override async Task<ListAccountsResponse> InvokeAsync(UserCall call, EmptyRequest request, CancellationToken cancellationToken)
    {
        var accounts = await Task.WhenAll(call.User.Accounts.Select(membership => DescribeAsync(membership, cancellationToken)));
        return new ListAccountsResponse([.. accounts.OfType<AccountItem>()]);
    }

    private async Task<AccountItem?> DescribeAsync(AccountMembership membership, CancellationToken cancellationToken) =>
        await grains.GetGrain<IAccountGrain>(membership.AccountId).DescribeAsync(cancellationToken) is { } account
            ? new AccountItem(account.AccountId, account.Name, membership.Ownership)
            : null; // Deleted a moment ago.
}

/// <param name="Accounts">The accounts.</param>
internal sealed record ListAccountsResponse(IReadOnlyList<AccountItem> Accounts);

/// <summary>An account of the caller.</summary>
/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Name">Its display name.</param>
/// <param name="OwnershipType">How the caller stands to it.</param>
internal sealed record AccountItem(string AccountId, string Name, Ownership? OwnershipType);
