using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Accounts;

internal sealed partial class AccountGrain
{
    public async Task AddSecondaryOwnerAsync(string userId, string secondaryOwnerUserId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        ThrowIfNotOwner(userId, "share it");
        if (secondaryOwnerUserId == state.State.OwnerUserId)
            throw new CloudException(CloudError.Invalid, "This user owns the account already.");
        if (MemberOf(secondaryOwnerUserId)?.Phase == MemberPhase.Present) return;
        if (state.State.SecondaryOwners.Length >= tiers.SecondaryOwnersPerAccount)
        {
            throw new CloudException(
                CloudError.QuotaExceeded, $"The account has {tiers.SecondaryOwnersPerAccount} secondary owners, which is the limit.");
        }

        if (await GrainFactory.GetGrain<IUserGrain>(secondaryOwnerUserId).DescribeAsync(cancellationToken) is null)
            throw new CloudException(CloudError.NotFound, "There is no such user.");

        await BeginAsync(WithMember(secondaryOwnerUserId, MemberPhase.Joining), cancellationToken);
    }

    public async Task RemoveSecondaryOwnerAsync(string userId, string secondaryOwnerUserId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        if (userId != secondaryOwnerUserId) ThrowIfNotOwner(userId, "take a share back");
        if (MemberOf(secondaryOwnerUserId) is null) return;

        await BeginAsync(WithMember(secondaryOwnerUserId, MemberPhase.Leaving), cancellationToken);
    }

    private async Task ResumeMembersAsync(CancellationToken cancellationToken)
    {
        foreach (var member in state.State.SecondaryOwners)
        {
            var user = GrainFactory.GetGrain<IUserGrain>(member.UserId);
            switch (member.Phase)
            {
                case MemberPhase.Joining:
                    await user.JoinAccountAsync(AccountId, cancellationToken);
                    state.State = WithMember(member.UserId, MemberPhase.Present);
                    break;
                case MemberPhase.Leaving:
                    await user.LeaveAccountAsync(AccountId, cancellationToken);
                    state.State = state.State with { SecondaryOwners = state.State.SecondaryOwners.Remove(member) };
                    break;
            }
        }
    }

    private AccountMember? MemberOf(string userId) => state.State.SecondaryOwners.FirstOrDefault(m => m.UserId == userId);

    private AccountState WithMember(string userId, MemberPhase phase) => state.State with
    {
        SecondaryOwners = [.. state.State.SecondaryOwners.Where(m => m.UserId != userId), new AccountMember(userId, phase)],
    };
}
