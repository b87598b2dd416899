using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

// Requests that are opened on the other side.
public sealed partial class RelayConnection
{
    private readonly Queue<RelayStream> _unopened = new();

    /// <summary>Opens a request of one's own.</summary>
    /// <param name="request">Its fields.</param>
    /// <param name="isLast">Whether it ends with them; else <see cref="OwnRequest.End"/> ends it.</param>
    /// <returns>Null when no request can be opened here.</returns>
    public OwnRequest? TryAsk(HeaderFields request, bool isLast)
    {
        var own = new OwnRequest();
        lock (Gate)
        {
            if (!TakesOrKeeps) return null;
            own.Stream = new RelayStream(this, 0, 0, Limits.StreamWindow) { Own = own };
            Open(own.Stream, request, isLast);
        }

        Flush();
        return own;
    }

    private protected override bool TakesOrKeeps => MayOpen || (!IsServer && !_isClosing && !_isOver && HasStreams && _unopened.Count < Limits.WaitingRequests);

    // Their numbers are never used again (RFC 9113, section 5.1.1).
    private bool HasStreams => _lastStreamId < (2L * Limits.Requests) - 1;

    private protected override void Open(RelayStream stream, HeaderFields request, bool isLast)
    {
        var method = request.Single(":method"u8);
        stream.IsHead = method >= 0 && request.Value(method).SequenceEqual("HEAD"u8);
        if (MayOpen)
        {
            Begin(stream, request, isLast);
            return;
        }

        stream.Waiting = new WaitingBody(Clock.GetTimestamp()) { Request = request.Clone(), IsLast = isLast };
        _unopened.Enqueue(stream);
    }

    private void Begin(RelayStream stream, HeaderFields request, bool isLast)
    {
        stream.Id = _lastStreamId = _lastStreamId == 0 ? 1 : _lastStreamId + 2;
        stream.SendWindow = _initialSendWindow;
        _streams.Add(stream.Id, stream);
        AddHeaders(stream, request, isLast);
        stream.OutputEnded = isLast;
        // Whoever opened it holds locks.
        if (!HasStreams) ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Retire(), this, preferLocal: false);
    }

    private void Retire()
    {
        _leaving.TrySetResult();
        Shutdown();
    }

    // Not as soon as there is room: who takes back many requests would have each opened that he is about to take back.
    /// <summary>Opens what has waited for room, as far as there is room.</summary>
    private void OpenWaiting()
    {
        while (_unopened.Count > 0 && MayOpen)
        {
            var stream = _unopened.Dequeue();
            if (stream.IsClosed || stream.Other is { IsClosed: true } || stream.Waiting is not { Request: { } request } waiting) continue;
            waiting.Request = null;
            if (waiting.Bytes.IsEmpty && waiting.Trailers is null)
            {
                stream.Waiting = null;
                Begin(stream, request, waiting.IsLast);
                continue;
            }

            Begin(stream, request, isLast: false);
            Enqueue(stream);
        }
    }

    /// <summary>Gives up what has waited for room.</summary>
    private List<RelayStream> TakeUnopened()
    {
        List<RelayStream> unopened = [.. _unopened.Where(stream => !stream.IsClosed)];
        _unopened.Clear();
        foreach (var stream in unopened) Close(stream);
        return unopened;
    }
}
