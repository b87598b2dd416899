using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>How far a server is.</summary>
internal enum ServerState
{
    /// <summary>Started or adopted, not yet healthy.</summary>
    Starting,

    /// <summary>Healthy when last asked, or not long ago.</summary>
    Healthy,

    /// <summary>Asked to end.</summary>
    Stopping,

    /// <summary>Not there any more.</summary>
    Ended,
}

/// <summary>Follows one server process from its start or adoption to its end. Not for two callers at once.</summary>
internal sealed class RunningServer(ServerProcess process, ServerHealth health, LocalProcessOptions options, TimeProvider time)
    : IDisposable
{
    private long _stateSince = time.GetTimestamp();
    private long _lastAnswer;
    private long _lastAsked;
    private string? _condemned;

    public ServerMark Mark => process.Mark;

    public int ProcessId => process.Handle.Id;

    public ServerState State { get; private set; } = ServerState.Starting;

    /// <summary>Why it ended, a sentence; null when that was asked for.</summary>
    public string? Failure { get; private set; }

    /// <summary>How long it has been, or had been, healthy.</summary>
    public TimeSpan HealthyFor { get; private set; }

    /// <summary>How long it has not answered; zero or less than a health interval while all is well.</summary>
    public TimeSpan SilentFor => State == ServerState.Healthy ? time.GetElapsedTime(_lastAnswer) : TimeSpan.Zero;

    /// <summary>Whether there may be something new to see: cheap, and may be asked by anybody at any time.</summary>
    public bool IsDue => State switch
    {
        ServerState.Ended => false,
        ServerState.Healthy => process.Handle.HasExited || time.GetElapsedTime(_lastAsked) >= options.HealthInterval,
        _ => true,
    };

    /// <summary>Looks at the server and acts on what time demands.</summary>
    /// <returns>Whether its state changed.</returns>
    public async Task<bool> ObserveAsync(CancellationToken cancellationToken)
    {
        if (State == ServerState.Ended) return false;
        if (process.Handle.HasExited) return End();

        switch (State)
        {
            case ServerState.Starting:
                if (await AnswersAsync(cancellationToken) && await health.LeadsAsync(cancellationToken)) return Started();
                if (InState > options.StartTimeout) Condemn($"was not healthy within {options.StartTimeout.TotalSeconds:0} s");
                break;
            case ServerState.Healthy:
                if (await AnswersAsync(cancellationToken)) HealthyFor = InState;
                else if (SilentFor > options.HangTimeout) Condemn($"did not answer for {options.HangTimeout.TotalSeconds:0} s");
                break;
            case ServerState.Stopping:
                if (InState > options.StopTimeout) process.Handle.Signal(Libc.Kill);
                break;
        }

        return process.Handle.HasExited && End();
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>Whether it was asked for the first time.</returns>
    public bool Stop()
    {
        if (State is ServerState.Stopping or ServerState.Ended) return false;
        process.Handle.Signal(Libc.Terminate);
        return Enter(ServerState.Stopping);
    }

    public void Dispose()
    {
        health.Dispose();
        process.Dispose();
    }

    private TimeSpan InState => time.GetElapsedTime(_stateSince);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var answers = await health.AnswersAsync(cancellationToken);
        _lastAsked = time.GetTimestamp();
        if (answers) _lastAnswer = asked;
        return answers;
    }

    private void Condemn(string reason)
    {
        _condemned ??= reason;
        process.Handle.Signal(Libc.Kill);
    }

    private bool End()
    {
        if (State != ServerState.Stopping) Failure = $"restate-server {Mark.Version} {_condemned ?? process.Handle.DescribeEnd()}";
        else process.Handle.DescribeEnd();
        return Enter(ServerState.Ended);
    }

    private bool Started()
    {
        ServerMetrics.Started(Mark.Version, InState);
        return Enter(ServerState.Healthy);
    }

    private bool Enter(ServerState state)
    {
        if (State == ServerState.Healthy) HealthyFor = InState;
        State = state;
        _stateSince = time.GetTimestamp();
        return true;
    }
}
