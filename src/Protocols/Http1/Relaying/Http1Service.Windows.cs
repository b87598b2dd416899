using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

// How far the service may be ahead of whoever called it: beyond that nothing is read, and TCP holds it back.
public sealed partial class Http1Service
{
    private TaskCompletionSource? _room;

    internal override void Credit(RelayStream? stream, int length)
    {
        if (stream is null) return;
        lock (Gate)
        {
            stream.ReceiveWindow += length;
            // Not for every piece.
            if (stream == _current && stream.ReceiveWindow >= Limits.StreamWindow / 4) _room?.TrySetResult();
        }
    }

    /// <summary>Null when more may be read now.</summary>
    private Task? WaitForRoom(RelayStream stream)
    {
        lock (Gate)
        {
            _room = stream.ReceiveWindow > 0 || stream != _current ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room?.Task;
        }
    }
}
