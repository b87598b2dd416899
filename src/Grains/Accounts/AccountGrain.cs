using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Accounts;

/// <summary>
/// Every change that needs other grains is first written here as an intention and then carried out (see AccountGrain.Resume.cs). Calls go
/// downwards only, from account to environment, so that no two grains ever wait for each other.
/// </summary>
internal sealed partial class AccountGrain(
    [PersistentState("account")] IPersistentState<AccountState> state,
    TierCatalog tiers,
    RegionOptions regions,
    IEnvironmentProvisioner provisioner,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain, IRemindable
{
    private string AccountId => this.GetPrimaryKeyString();

    public async Task CreateAsync(string name, string ownerUserId, CancellationToken cancellationToken)
    {
        if (state.RecordExists) return;

        await state.SaveAsync(new AccountState { Name = name, OwnerUserId = ownerUserId, CreatedAt = time.GetUtcNow() });
    }

    public Task<AccountDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists && !state.State.Deleting ? Description() : null);

    public Task RenameAsync(string name, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        return state.SaveAsync(state.State with { Name = ResourceName.Check(name, "account") });
    }

    public async Task DeleteAsync(string userId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        ThrowIfNotOwner(userId, "delete the account");
        if (state.State.Environments.Length > 0)
        {
            throw new CloudException(
                CloudError.Conflict, "The account still has environments, or some are still being destroyed; destroy them first.");
        }

        await BeginAsync(state.State with { Deleting = true }, cancellationToken);
    }

    public async Task<EnvironmentSummary> CreateEnvironmentAsync(
        NewEnvironment request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var environment = Plan(request);
        var now = time.GetUtcNow();
        var fingerprint = $"environment {environment.Name} {environment.Region} {environment.Tier} {environment.Version}";
        if (state.State.Idempotency.Find(idempotencyKey, fingerprint, now) is { } earlier)
            return environment.Summary with { EnvironmentId = earlier };

        if (Listed().Any(e => e.Name == environment.Name))
            throw new CloudException(CloudError.Conflict, $"The account has an environment named '{environment.Name}' already.");
        CheckQuota(environment.Tier);

        await GrainFactory.GetGrain<IRegionGrain>(environment.Region).AddAccountAsync(AccountId, cancellationToken);
        var intention = state.State with
        {
            Environments = state.State.Environments.Add(environment),
            Idempotency = state.State.Idempotency.Add(idempotencyKey, fingerprint, environment.EnvironmentId, now),
        };
        await BeginAsync(intention, cancellationToken);
        return environment.Summary;
    }

    public async Task ChangeTierAsync(string environmentId, Tier tier, CancellationToken cancellationToken)
    {
        var environment = Find(environmentId);
        if (environment.Tier == tier) return;

        CheckQuota(tier);
        await BeginAsync(With(environment, environment with { Tier = tier, Phase = Later(environment.Phase, ChildPhase.Changing) }), cancellationToken);
    }

    public async Task DestroyEnvironmentAsync(string environmentId, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        if (state.State.Environments.Any(e => e.EnvironmentId == environmentId && e.Phase == ChildPhase.Destroying)) return;

        var environment = Find(environmentId);
        await BeginAsync(With(environment, environment with { Phase = ChildPhase.Destroying }), cancellationToken);
    }

    private AccountEnvironment Plan(NewEnvironment request)
    {
        var region = request.Region ?? regions.Default;
        if (!regions.All.Contains(region))
            throw new CloudException(CloudError.Invalid, $"There is no region '{region}'; choose one of: {string.Join(", ", regions.All)}.");

        var version = request.Version ?? provisioner.Versions[0];
        if (!provisioner.Versions.Contains(version))
            throw new CloudException(CloudError.Invalid, $"Version '{version}' is not on offer; choose one of: {string.Join(", ", provisioner.Versions)}.");

        var name = ResourceName.Check(request.Name, "environment");
        return new AccountEnvironment(ResourceId.New(ResourceId.Environment), name, region, request.Tier, version, ChildPhase.Creating);
    }

    private void CheckQuota(Tier tier)
    {
        var limit = tiers.Of(tier).EnvironmentsPerAccount;
        if (Listed().Count(e => e.Tier == tier) >= limit)
        {
            throw new CloudException(
                CloudError.QuotaExceeded,
                $"The account has {limit} {tier.ToString().ToUpperInvariant()} environments, which is the limit; destroy one or choose another tier.");
        }
    }

    private AccountEnvironment Find(string environmentId) =>
        Listed().FirstOrDefault(e => e.EnvironmentId == environmentId)
        ?? throw new CloudException(CloudError.NotFound, "There is no such environment in this account.");

    private IEnumerable<AccountEnvironment> Listed() => state.State.Environments.Where(e => e.Phase != ChildPhase.Destroying);

    private AccountState With(AccountEnvironment before, AccountEnvironment after) =>
        state.State with { Environments = state.State.Environments.Replace(before, after) };

    // An environment that its grain does not know yet is created with whatever it is by then.
    private static ChildPhase Later(ChildPhase present, ChildPhase next) => present == ChildPhase.Creating ? present : next;

    private AccountDescription Description() => new(
        AccountId,
        state.State.Name,
        state.State.OwnerUserId,
        [.. state.State.SecondaryOwners.Where(m => m.Phase == MemberPhase.Present).Select(m => m.UserId)],
        [.. Listed().Select(e => e.Summary)]);

    private void ThrowIfMissing()
    {
        if (!state.RecordExists || state.State.Deleting) throw new CloudException(CloudError.NotFound, "There is no such account.");
    }

    private void ThrowIfNotOwner(string userId, string what)
    {
        if (userId != state.State.OwnerUserId) throw new CloudException(CloudError.Forbidden, $"Only the account's owner may {what}.");
    }
}
