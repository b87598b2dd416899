using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Gateways;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Users;

internal sealed class UserGrain(
    [PersistentState("user")] IPersistentState<UserState> state, TierCatalog tiers, TimeProvider time) : Grain, IUserGrain
{
    private const int MaximumEmailLength = 254;
    private const int MinimumPasswordLength = 12;
    private const int MaximumPasswordLength = 256;

    private string UserId => this.GetPrimaryKeyString();

    // Everybody who can see an account of this user asks this grain first, so finishing here is early enough.
    public override Task OnActivateAsync(CancellationToken cancellationToken) => FinishCreatingAccountsAsync(cancellationToken);

    public async Task CreateAsync(NewUser user, CancellationToken cancellationToken)
    {
        if (state.RecordExists) return;

        var email = CheckEmail(user.Email);
        CheckPassword(user.Password);
        if (!await GrainFactory.GetGrain<IUserEmailGrain>(email.ToLowerInvariant()).ClaimAsync(UserId, cancellationToken))
            throw new CloudException(CloudError.Conflict, "A user with this e-mail address exists already.");

        await state.SaveAsync(new UserState { Email = email, Password = user.Password is { } password ? PasswordHash.Of(password) : null });
    }

    public Task<UserDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists ? new UserDescription(UserId, state.State.Email, [.. Memberships()]) : null);

    public Task<bool> VerifyPasswordAsync(string password, CancellationToken cancellationToken) =>
        Task.FromResult(password.Length <= MaximumPasswordLength && (state.State.Password ?? PasswordHash.Nobody).Matches(password));

    public async Task<AccountSummary> CreateAccountAsync(string name, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        ResourceName.Check(name, "account");
        var now = time.GetUtcNow();
        var request = $"account {name}";
        if (state.State.Idempotency.Find(idempotencyKey, request, now) is { } earlier)
        {
            await FinishCreatingAccountsAsync(cancellationToken);
            return new AccountSummary(earlier, name);
        }

        await CheckMayOwnAsync(name, cancellationToken);
        var account = new UserAccount(ResourceId.New(ResourceId.Account), Ownership.Owned, name, Creating: true);
        await state.SaveAsync(state.State with
        {
            Accounts = state.State.Accounts.Add(account),
            Idempotency = state.State.Idempotency.Add(idempotencyKey, request, account.AccountId, now),
        });
        await FinishCreatingAccountsAsync(cancellationToken);
        await PublishAsync();
        return new AccountSummary(account.AccountId, name);
    }

    public async Task JoinAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        if (state.State.Accounts.Any(a => a.AccountId == accountId)) return;

        await state.SaveAsync(state.State with
        {
            Accounts = state.State.Accounts.Add(new UserAccount(accountId, Ownership.SecondaryOwned, "", Creating: false)),
        });
        await PublishAsync();
    }

    public async Task LeaveAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var left = state.State.Accounts.RemoveAll(a => a.AccountId == accountId);
        if (left.Length != state.State.Accounts.Length)
        {
            await state.SaveAsync(state.State with { Accounts = left });
        }

        // Also when nothing changed: an earlier attempt may have been cut off between the write and the notice.
        await PublishAsync();
    }

    private IEnumerable<AccountMembership> Memberships() =>
        state.State.Accounts.Where(a => !a.Creating).Select(a => new AccountMembership(a.AccountId, a.Ownership));

    private async Task FinishCreatingAccountsAsync(CancellationToken cancellationToken)
    {
        foreach (var account in state.State.Accounts.Where(a => a.Creating))
        {
            await GrainFactory.GetGrain<IAccountGrain>(account.AccountId).CreateAsync(account.Name, UserId, cancellationToken);
            // Not written: creating is idempotent, so the next write may carry it.
            state.State = state.State with { Accounts = state.State.Accounts.Replace(account, account with { Creating = false }) };
        }
    }

    private async Task CheckMayOwnAsync(string name, CancellationToken cancellationToken)
    {
        var owned = state.State.Accounts.Where(a => a.Ownership == Ownership.Owned).ToList();
        if (owned.Count >= tiers.AccountsPerUser)
            throw new CloudException(CloudError.QuotaExceeded, $"You own {owned.Count} accounts, which is the limit; delete one first.");

        var accounts = await Task.WhenAll(
            owned.Select(a => GrainFactory.GetGrain<IAccountGrain>(a.AccountId).DescribeAsync(cancellationToken)));
        if (accounts.Any(a => a?.Name == name))
            throw new CloudException(CloudError.Conflict, $"You own an account named '{name}' already; choose another name.");
    }

    private void ThrowIfMissing()
    {
        if (!state.RecordExists) throw new CloudException(CloudError.NotFound, "There is no such user.");
    }

    private Task PublishAsync() =>
        GrainFactory.GetGrain<IGatewayDirectoryGrain>(IGatewayDirectoryGrain.Key).PublishAsync(new ChangeNotice(UserId));

    private static string CheckEmail(string email) =>
        email.Length <= MaximumEmailLength && email.IndexOf('@') is > 0 and var at && at < email.Length - 1 && !email.Any(char.IsWhiteSpace)
            ? email
            : throw new CloudException(CloudError.Invalid, "This is not an e-mail address.");

    private static void CheckPassword(string? password)
    {
        if (password is { Length: < MinimumPasswordLength or > MaximumPasswordLength })
            throw new CloudException(CloudError.Invalid, $"A password has {MinimumPasswordLength} to {MaximumPasswordLength} characters.");
    }
}
