using System.Collections.Concurrent;

namespace RestateCloud.Cluster.Tests.Loads;

/// <summary>Something that is done again and again, by one client after the other, while other things happen.</summary>
public sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<LoadFailure> _failures = [];
    private readonly Task _running;
    private long _succeeded;

    /// <summary>Begins.</summary>
    /// <param name="clients">How many do it side by side.</param>
    /// <param name="act">Does it once; what it throws is a failure. It is given the client's number.</param>
    /// <param name="pause">Between two acts of one client.</param>
    public Load(int clients, Func<int, Task> act, TimeSpan pause) =>
        _running = Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(() => act(client), pause))));

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public IReadOnlyCollection<LoadFailure> Failures => _failures;

    /// <summary>Lets each client finish what it is doing.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
    }

    private async Task RunAsync(Func<Task> act, TimeSpan pause)
    {
        while (!_end.IsCancellationRequested)
        {
            var begun = DateTime.UtcNow;
            try
            {
                await act();
                Interlocked.Increment(ref _succeeded);
            }
            catch (Exception e)
            {
                _failures.Enqueue(new LoadFailure(begun, DateTime.UtcNow, e));
            }

            await Task.Delay(pause);
        }
    }
}

/// <summary>An act that failed.</summary>
/// <param name="Begun">When it began.</param>
/// <param name="Ended">When it failed.</param>
/// <param name="Exception">Why.</param>
public sealed record LoadFailure(DateTime Begun, DateTime Ended, Exception Exception)
{
    public override string ToString() => $"{Begun:HH:mm:ss.fff} to {Ended:HH:mm:ss.fff}: {Exception.Message}";
}
