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
    private static readonly TimeSpan CarryOnPeriod = TimeSpan.FromMilliseconds(250);

    private IGrainTimer? _carryOn;
    private bool _reminded;

    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        await CarryOnAsync(cancellationToken);
        await Task.WhenAll(
            state.State.Environments.Select(e => GrainFactory.GetGrain<IEnvironmentGrain>(e.EnvironmentId).ReconcileAsync(cancellationToken)));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await CarryOnAsync(CancellationToken.None);
        if (IsUnfinished()) return;

        if (state.RecordExists) await state.SaveAsync(state.State);
        await UnregisterReminderAsync();
    }

    /// <summary>Makes an intention durable and begins with it. From then on nothing that fails is the caller's concern: it is tried again.</summary>
    private async Task BeginAsync(AccountState intention, CancellationToken cancellationToken)
    {
        if (!_reminded)
        {
            await this.RegisterOrUpdateReminder(Unfinished, ReminderPeriod, ReminderPeriod);
            _reminded = true;
        }

        await state.SaveAsync(intention);
        await CarryOnAsync(cancellationToken);
    }

    private async Task CarryOnAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists) return;

        try
        {
            await ResumeMembersAsync(cancellationToken);
            await ResumeEnvironmentsAsync(cancellationToken);
            if (state.State.Deleting) await FinishDeletingAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotFinished(logger, AccountId, exception);
        }

        if (IsUnfinished())
        {
            _carryOn ??= this.RegisterGrainTimer(
                CarryOnAsync, new GrainTimerCreationOptions { DueTime = CarryOnPeriod, Period = CarryOnPeriod, KeepAlive = true });
        }
        else
        {
            _carryOn?.Dispose();
            _carryOn = null;
        }
    }

    private async Task ResumeEnvironmentsAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in state.State.Environments.Where(e => e.Phase != ChildPhase.Settled))
        {
            var grain = GrainFactory.GetGrain<IEnvironmentGrain>(environment.EnvironmentId);
            if (environment.Phase == ChildPhase.Destroying)
            {
                await ResumeDestroyingAsync(environment, grain, cancellationToken);
                continue;
            }

            if (environment.Phase == ChildPhase.Creating) await grain.CreateAsync(environment.CreationIn(AccountId), cancellationToken);
            else await grain.ChangeTierAsync(environment.Tier, cancellationToken);
            state.State = With(environment, environment with { Phase = ChildPhase.Settled });
        }
    }

    private async Task ResumeDestroyingAsync(AccountEnvironment environment, IEnvironmentGrain grain, CancellationToken cancellationToken)
    {
        switch (await grain.DescribeAsync(cancellationToken))
        {
            case null:
                await state.SaveAsync(state.State with { Environments = state.State.Environments.Remove(environment) });
                break;
            case { Status: not EnvironmentStatus.Deleted }:
                await grain.DestroyAsync(cancellationToken);
                break;
        }
    }

    private async Task FinishDeletingAsync(CancellationToken cancellationToken)
    {
        foreach (var userId in state.State.SecondaryOwners.Select(m => m.UserId).Append(state.State.OwnerUserId))
            await GrainFactory.GetGrain<IUserGrain>(userId).LeaveAccountAsync(AccountId, cancellationToken);
        foreach (var region in regions.All)
            await GrainFactory.GetGrain<IRegionGrain>(region).RemoveAccountAsync(AccountId, cancellationToken);

        await UnregisterReminderAsync();
        await state.ClearStateAsync(CancellationToken.None);
        LogDeleted(logger, AccountId);
        DeactivateOnIdle();
    }

    private async Task UnregisterReminderAsync()
    {
        if (await this.GetReminder(Unfinished) is { } reminder) await this.UnregisterReminder(reminder);
        _reminded = false;
    }

    private bool IsUnfinished() =>
        state.RecordExists
        && (state.State.Deleting
            || state.State.SecondaryOwners.Any(m => m.Phase != MemberPhase.Present)
            || state.State.Environments.Any(e => e.Phase != ChildPhase.Settled));

    [LoggerMessage(LogLevel.Information, "Account {AccountId} is deleted")]
    private static partial void LogDeleted(ILogger logger, string accountId);

    [LoggerMessage(LogLevel.Warning, "Account {AccountId} could not finish a change; it will be tried again")]
    private static partial void LogNotFinished(ILogger logger, string accountId, Exception exception);
}
