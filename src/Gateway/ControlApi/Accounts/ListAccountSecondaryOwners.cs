using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class ListAccountSecondaryOwners(IGrainFactory grains) : AccountOperation<EmptyRequest, ListAccountSecondaryOwnersResponse>
{
    public override string Summary => "Lists the users who share the account with its owner.";

    protected override async Task<ListAccountSecondaryOwnersResponse> InvokeAsync(
        AccountCall call, EmptyRequest request, CancellationToken cancellationToken)
    {
        var account = await call.DescribeAccountAsync(cancellationToken);
        var owners = await Task.WhenAll(account.SecondaryOwnerUserIds.Select(userId => DescribeAsync(userId, cancellationToken)));
        return new ListAccountSecondaryOwnersResponse(account.SecondaryOwnerUserIds, owners);
    }

    private async Task<SecondaryOwner> DescribeAsync(string userId, CancellationToken cancellationToken)
    {
        var user = await grains.GetGrain<IUserGrain>(userId).DescribeAsync(cancellationToken);
        return new SecondaryOwner(userId, user?.Email);
    }
}

/// <param name="SecondaryOwnersUserIds">Their ids.</param>
/// <param name="SecondaryOwners">Who they are.</param>
internal sealed record ListAccountSecondaryOwnersResponse(
    IReadOnlyList<string> SecondaryOwnersUserIds, IReadOnlyList<SecondaryOwner> SecondaryOwners);

/// <summary>A user who shares an account.</summary>
/// <param name="UserId"><c>user_…</c></param>
/// <param name="Email">The user's address.</param>
internal sealed record SecondaryOwner(string UserId, string? Email);
