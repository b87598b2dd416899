using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>A request that is made here and comes from nobody else. The body of its answer is skipped.</summary>
public sealed class OwnRequest
{
    private readonly TaskCompletionSource<RelayedAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RelayStream? _stream;

    internal OwnRequest()
    {
    }

    /// <summary>The answer's status and fields; an <see cref="IOException"/> when there will be none.</summary>
    public Task<RelayedAnswer> Answer => _answered.Task;

    /// <summary>Completes, always successfully, when both sides have ended, or the connection has.</summary>
    public Task Closed => _closed.Task;

    internal RelayStream Stream
    {
        get => _stream!;
        set => _stream = value;
    }

    /// <summary>Ends a request that was left open.</summary>
    /// <param name="trailers">What it ends with.</param>
    public void End(HeaderFields trailers)
    {
        Stream.Connection.PassHeaders(Stream, trailers, isLast: true);
        Stream.Connection.Flush();
    }

    /// <summary>Takes it back, unless it has ended.</summary>
    public void Cancel()
    {
        Stream.Connection.Drop(Stream, Http2ErrorCode.Cancel);
        Stream.Connection.Flush();
    }

    internal void Answered(int status, HeaderFields fields) => _answered.TrySetResult(new RelayedAnswer(status, fields));

    internal void StreamClosed()
    {
        _answered.TrySetException(new IOException("The connection has ended, or the request was reset."));
        // Who has given up does not look at it.
        _ = _answered.Task.Exception;
        _closed.TrySetResult();
    }
}

/// <summary>What a request was answered with.</summary>
/// <param name="Status">From 200 on.</param>
/// <param name="Fields">All fields.</param>
public sealed record RelayedAnswer(int Status, HeaderFields Fields);
