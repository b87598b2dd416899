using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Secrets;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Environments;

/// <summary>What tenants ask of an environment. How it comes to be is in EnvironmentGrain.Reconcile.cs.</summary>
internal sealed partial class EnvironmentGrain(
    [PersistentState("environment")] IPersistentState<EnvironmentState> state,
    IEnvironmentProvisioner provisioner,
    IEnvironmentLogs logs,
    ILoopbackListeners listeners,
    ISecretProtector protector,
    TierCatalog tiers,
    IOptions<RequestIdentityOptions> identity,
    TimeProvider time,
    ILogger<EnvironmentGrain> logger) : Grain, IEnvironmentGrain, IRemindable
{
    private const int LogLineLimit = 10_000;
    private const int LogByteLimit = 4 * 1024 * 1024;

    private string EnvironmentId => this.GetPrimaryKeyString();

    public async Task CreateAsync(EnvironmentCreation creation, CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            var pair = NewSigningPair();
            var now = time.GetUtcNow();
            await state.SaveAsync(new EnvironmentState
            {
                AccountId = creation.AccountId,
                Name = creation.Name,
                Region = creation.Region,
                CreatedAt = now,
                Desired = new DesiredEnvironment(creation.Tier, creation.Version, Destroyed: false, Generation: 1),
                SigningPublicKey = pair.PublicKey,
                SigningPrivateKey = pair.PrivateKey,
            }.Event("Created", $"It was asked for, with restate-server {creation.Version}.", now));
        }

        // Also when it existed: an earlier attempt may have been cut off before this.
        await this.RegisterOrUpdateReminder(Backstop, BackstopPeriod, BackstopPeriod);
        StepSoon();
    }

    public Task<EnvironmentDescription?> DescribeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists ? Description() : null);

    public Task<EnvironmentRoute?> GetRouteAsync(CancellationToken cancellationToken) =>
        Task.FromResult(state.RecordExists ? Route() : null);

    public async Task ChangeTierAsync(Tier tier, CancellationToken cancellationToken)
    {
        if (!IsWanted() || state.State.Desired.Tier == tier) return;

        await AskAsync(d => d with { Tier = tier }, "TierChanged", $"It is changing to the tier {tier.ToString().ToUpperInvariant()}.");
    }

    public async Task ChangeVersionAsync(string version, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var present = state.State.Desired.Version;
        if (version == present) return;
        if (!provisioner.Versions.Contains(version))
            throw new CloudException(CloudError.Invalid, $"Version '{version}' is not on offer; choose one of: {string.Join(", ", provisioner.Versions)}.");
        if (Minor(version) < Minor(present))
            throw new CloudException(CloudError.Conflict, $"Restate cannot go back from {present} to {version}: data of a later minor version is not read by an earlier one.");

        await AskAsync(d => d with { Version = version }, "VersionChanged", $"It is changing to restate-server {version}.");
    }

    public async Task DestroyAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists) return;
        if (!state.State.Desired.Destroyed)
            await AskAsync(d => d with { Destroyed = true }, "Destroying", "It is being destroyed.");
        StepSoon();
    }

    public async Task<ImmutableArray<LogLine>> ReadLogsAsync(long start, long end, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var bytes = 0;
        await foreach (var line in logs.ReadAsync(EnvironmentId, start, end, cancellationToken))
        {
            bytes += line.Line.Length;
            if (lines.Count == LogLineLimit || bytes > LogByteLimit) break;
            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    private async Task AskAsync(Func<DesiredEnvironment, DesiredEnvironment> change, string reason, string message)
    {
        await state.SaveAsync(state.State.Ask(change, reason, message, time.GetUtcNow()));
        await PublishAsync();
        StepSoon();
    }

    private bool IsWanted() => state.RecordExists && !state.State.Desired.Destroyed;

    private void ThrowIfMissing()
    {
        if (!IsWanted()) throw new CloudException(CloudError.NotFound, "There is no such environment in this account.");
    }

    private static Version Minor(string version) =>
        Version.TryParse(version.Split('-')[0], out var parsed) ? new Version(parsed.Major, parsed.Minor) : new Version(0, 0);

    private EnvironmentDescription Description() => new(
        EnvironmentId,
        state.State.AccountId,
        state.State.Name,
        state.State.Region,
        state.State.Desired.Tier,
        state.State.Desired.Version,
        state.State.Observed.RunningVersion,
        state.State.Observed.Status,
        state.State.Observed.Reason,
        state.State.SigningPublicKey,
        state.State.IdentityKeys(),
        [.. state.State.ApiKeys.Where(IsListed).Select(k => k.KeyId)],
        state.State.LoopbackPorts,
        state.State.ResourceVersion,
        state.State.CreatedAt,
        state.State.Conditions,
        state.State.Events);

    private EnvironmentRoute Route() => new(
        EnvironmentId,
        state.State.AccountId,
        state.State.Region,
        state.State.Desired.Tier,
        state.State.Observed.Status,
        state.State.Observed.Reason,
        state.State.Observed.Ingress,
        state.State.Observed.Admin,
        state.State.IdentityKeys(),
        state.State.ResourceVersion);
}
