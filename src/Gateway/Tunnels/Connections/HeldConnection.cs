using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>A connection that the tunnel's client has opened to this process.</summary>
internal sealed class HeldConnection(AcceptedConnection connection) : ITunnelConnection
{
    // Below zero once it drains: then the number of requests less this.
    private const int Draining = int.MinValue;

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight) & int.MaxValue;

    public HttpMessageInvoker Invoker => connection.Invoker;

    public bool IsLeaving => connection.IsLeaving;

    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedCall call) => connection.TryOpen(caller, request, isLast, call);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) > 0) return true;
        Exit();
        return false;
    }

    public void Exit()
    {
        if (Interlocked.Decrement(ref _inFlight) == Draining) _idle.TrySetResult();
    }

    public void Retire() => DrainAsync();

    /// <summary>Takes no more requests.</summary>
    /// <returns>Completes when those that are on it have ended.</returns>
    public Task DrainAsync()
    {
        if (Interlocked.Or(ref _inFlight, Draining) == 0) _idle.TrySetResult();
        return _idle.Task;
    }
}
