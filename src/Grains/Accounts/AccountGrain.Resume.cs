using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Regions;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Accounts;

/// <summary>
/// Carries intentions out. Each is durable together with a reminder before its first step, each step is idempotent, and progress is noted
/// in memory only: the next write carries it, and after a crash the steps are repeated.
/// </summary>
internal sealed partial class AccountGrain
{
    private const string Unfinished = "unfinished";

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DestroyingPoll = TimeSpan.FromMilliseconds(250);

    private IGrainTimer? _poll;
    private bool _reminded;

    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        await ResumeAsync(cancellationToken);
        await Task.WhenAll(Listed().Select(e => GrainFactory.GetGrain<IEnvironmentGrain>(e.EnvironmentId).ReconcileAsync(cancellationToken)));
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists) return;

        await ResumeMembersAsync(cancellationToken);
        await ResumeEnvironmentsAsync(cancellationToken);
        if (state.State.Deleting) await FinishDeletingAsync(cancellationToken);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await ResumeAsync(CancellationToken.None);
        if (IsUnfinished()) return;

        if (state.RecordExists) await state.SaveAsync(state.State);
        if (await this.GetReminder(Unfinished) is { } reminder) await this.UnregisterReminder(reminder);
        _reminded = false;
    }

    private async Task BeginAsync(AccountState intention)
    {
        if (!_reminded)
        {
            await this.RegisterOrUpdateReminder(Unfinished, ReminderPeriod, ReminderPeriod);
            _reminded = true;
        }

        await state.SaveAsync(intention);
    }

    private async Task ResumeEnvironmentsAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in state.State.Environments)
        {
            var grain = GrainFactory.GetGrain<IEnvironmentGrain>(environment.EnvironmentId);
            switch (environment.Phase)
            {
                case ChildPhase.Creating:
                    await grain.CreateAsync(environment.CreationIn(AccountId), cancellationToken);
                    state.State = With(environment, environment with { Phase = ChildPhase.Settled });
                    break;
                case ChildPhase.Changing:
                    await grain.ChangeTierAsync(environment.Tier, cancellationToken);
                    state.State = With(environment, environment with { Phase = ChildPhase.Settled });
                    break;
                case ChildPhase.Destroying:
                    await grain.DestroyAsync(cancellationToken);
                    PollDestroying();
                    break;
            }
        }
    }

    private void PollDestroying() => _poll ??= this.RegisterGrainTimer(
        ForgetDestroyedAsync, new GrainTimerCreationOptions { DueTime = DestroyingPoll, Period = DestroyingPoll, KeepAlive = true });

    private async Task ForgetDestroyedAsync(CancellationToken cancellationToken)
    {
        var left = state.State.Environments;
        foreach (var environment in left.Where(e => e.Phase == ChildPhase.Destroying))
        {
            var grain = GrainFactory.GetGrain<IEnvironmentGrain>(environment.EnvironmentId);
            if (await grain.DescribeAsync(cancellationToken) is null) left = left.Remove(environment);
        }

        if (left.Length != state.State.Environments.Length)
        {
            await state.SaveAsync(state.State with { Environments = left });
        }

        if (left.Any(e => e.Phase == ChildPhase.Destroying)) return;
        _poll?.Dispose();
        _poll = null;
    }

    private async Task FinishDeletingAsync(CancellationToken cancellationToken)
    {
        foreach (var userId in state.State.SecondaryOwners.Select(m => m.UserId).Append(state.State.OwnerUserId))
            await GrainFactory.GetGrain<IUserGrain>(userId).LeaveAccountAsync(AccountId, cancellationToken);
        foreach (var region in regions.All)
            await GrainFactory.GetGrain<IRegionGrain>(region).RemoveAccountAsync(AccountId, cancellationToken);

        LogDeleted(logger, AccountId);
        await state.ClearStateAsync(CancellationToken.None);
        if (await this.GetReminder(Unfinished) is { } reminder) await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    private bool IsUnfinished() =>
        state.RecordExists
        && (state.State.Deleting
            || state.State.SecondaryOwners.Any(m => m.Phase != MemberPhase.Present)
            || state.State.Environments.Any(e => e.Phase != ChildPhase.Settled));

    [LoggerMessage(LogLevel.Information, "Account {AccountId} is deleted")]
    private static partial void LogDeleted(ILogger logger, string accountId);
}
