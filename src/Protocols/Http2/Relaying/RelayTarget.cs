using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>A connection on which calls go on that have come on others.</summary>
public abstract class RelayTarget : RelayEnd
{
    private protected RelayTarget(RelayLimits limits, TimeProvider clock)
        : base(limits, clock)
    {
    }

    /// <summary>Whether a request can be opened here, or kept until it can.</summary>
    private protected abstract bool TakesOrKeeps { get; }

    /// <summary>Opens a request that has come on another connection.</summary>
    /// <param name="caller">The stream that it has come on.</param>
    /// <param name="request">Its fields.</param>
    /// <param name="isLast">Whether it has no body.</param>
    /// <param name="call">Keeps account of it, or null.</param>
    /// <returns>False when no request can be opened here.</returns>
    public bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedCall? call)
    {
        lock (caller.Connection.Gate)
        {
            lock (Gate)
            {
                if (!TakesOrKeeps) return false;
                var now = Clock.GetTimestamp();
                call?.StreamOpened(now);
                if (caller.IsClosed)
                {
                    // Its connection has ended meanwhile.
                    call?.StreamClosed();
                    return true;
                }

                if (call is not null && caller.Call != call) call.StreamOpened(now);
                var stream = new RelayStream(this, 0, 0, Limits.StreamWindow) { Other = caller, Call = call };
                var before = caller.Call;
                (caller.Call, caller.Other) = (call, stream);
                if (before != call) before?.StreamClosed();
                Open(stream, request, isLast);
                return true;
            }
        }
    }

    private protected abstract void Open(RelayStream stream, HeaderFields request, bool isLast);
}
