namespace RestateCloud.Gateway.Listening;

/// <summary>Being the only one to work on something, until disposed of.</summary>
internal readonly struct Turn : IDisposable
{
    private readonly SemaphoreSlim _gate;

    private Turn(SemaphoreSlim gate) => _gate = gate;

    public static async ValueTask<Turn> WaitAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    public void Dispose() => _gate.Release();
}
