using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Gateways;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Grains.Environments;

/// <summary>
/// Brings what is there to what is asked for, one idempotent step a turn: on a timer while something moves, on a reminder always, and
/// whenever somebody says that something may have changed.
/// </summary>
internal sealed partial class EnvironmentGrain
{
    private const string Backstop = "reconcile";

    private static readonly TimeSpan BackstopPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private IGrainTimer? _next;
    private TimeSpan _pause = FirstPause;

    public Task ReconcileAsync(CancellationToken cancellationToken) => StepAsync(cancellationToken);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        provisioner.ReleaseAsync(EnvironmentId).AsTask();

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.RecordExists) await StepAsync(CancellationToken.None);
        else await UnregisterBackstopAsync();
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        if (!state.RecordExists) return;

        TimeSpan? pause;
        try
        {
            await ResumeApiKeysAsync(cancellationToken);
            pause = state.State.Desired.Destroyed ? await RemoveAsync(cancellationToken) : await ApplyAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogStepFailed(logger, EnvironmentId, exception);
            if (exception is ProvisioningException) await NoteAsync(exception.Message);
            pause = NextPause();
        }

        if (pause is { } wait) StepIn(wait);
        else Rest();
    }

    private async Task<TimeSpan?> ApplyAsync(CancellationToken cancellationToken)
    {
        var ports = await listeners.ListenAsync(EnvironmentId, state.State.LoopbackPorts, cancellationToken);
        var desired = state.State.Desired;
        var spec = new EnvironmentSpec(
            EnvironmentId,
            state.State.AccountId,
            state.State.Region,
            desired.Tier,
            tiers.Of(desired.Tier),
            desired.Version,
            state.State.SigningPublicKey,
            state.State.SigningPrivateKey,
            desired.Generation);
        var seen = await provisioner.ReconcileAsync(spec, cancellationToken);
        var now = time.GetUtcNow();
        await BecomeAsync(state.State.See(seen, ports, now).Retire(identity.Value.Overlap, now));
        if (state.State.Observed.Status != EnvironmentStatus.Active) return seen.RetryAfter ?? NextPause();
        return state.State.RetiringKey?.AcceptedUntil - now;
    }

    private async Task<TimeSpan?> RemoveAsync(CancellationToken cancellationToken)
    {
        await listeners.CloseAsync(EnvironmentId, cancellationToken);
        if (!await provisioner.RemoveAsync(EnvironmentId, cancellationToken)) return NextPause();

        foreach (var key in state.State.ApiKeys)
            await GrainFactory.GetGrain<IApiKeyGrain>(key.KeyId).ForgetAsync(cancellationToken);
        await ForgetTunnelsAsync(cancellationToken);

        // The state goes last: until then any crash comes back here.
        await UnregisterBackstopAsync();
        await state.ClearStateAsync(CancellationToken.None);
        LogGone(logger, EnvironmentId);
        await PublishAsync();
        DeactivateOnIdle();
        return null;
    }

    private Task NoteAsync(string reason) => BecomeAsync(state.State.See(
        new EnvironmentObservation(EnvironmentPhase.Failed, state.State.Desired.Generation, null, null, null, reason),
        state.State.LoopbackPorts,
        time.GetUtcNow()));

    private async Task BecomeAsync(EnvironmentState next)
    {
        if (ReferenceEquals(next, state.State)) return;

        if (next.Observed.Status != state.State.Observed.Status)
        {
            _pause = FirstPause;
            LogStatus(logger, EnvironmentId, next.Observed.Status, next.Observed.Reason);
        }

        await state.SaveAsync(next);
        await PublishAsync();
    }

    private Task PublishAsync() =>
        GrainFactory.GetGrain<IGatewayDirectoryGrain>(IGatewayDirectoryGrain.Key).PublishAsync(new ChangeNotice(EnvironmentId));

    private async Task UnregisterBackstopAsync()
    {
        if (await this.GetReminder(Backstop) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private void StepSoon()
    {
        _pause = FirstPause;
        StepIn(TimeSpan.Zero);
    }

    private void StepIn(TimeSpan pause)
    {
        if (_next is null)
        {
            // KeepAlive: an environment that is on its way stays in memory until it has arrived.
            _next = this.RegisterGrainTimer(
                StepAsync, new GrainTimerCreationOptions { DueTime = pause, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        }
        else
        {
            _next.Change(pause, Timeout.InfiniteTimeSpan);
        }
    }

    private void Rest()
    {
        _next?.Dispose();
        _next = null;
    }

    private TimeSpan NextPause()
    {
        var pause = _pause;
        _pause = pause * 1.25 > LongestPause ? LongestPause : pause * 1.25;
        return pause;
    }

    [LoggerMessage(LogLevel.Information, "Environment {EnvironmentId} is {Status}: {Reason}")]
    private static partial void LogStatus(ILogger logger, string environmentId, EnvironmentStatus status, string reason);

    [LoggerMessage(LogLevel.Information, "Environment {EnvironmentId} is gone")]
    private static partial void LogGone(ILogger logger, string environmentId);

    [LoggerMessage(LogLevel.Warning, "A step towards environment {EnvironmentId} failed and will be tried again")]
    private static partial void LogStepFailed(ILogger logger, string environmentId, Exception exception);
}
