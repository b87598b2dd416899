using System.IO.Pipelines;

namespace RestateCloud.Gateway.Listening;

/// <summary>Tells Kestrel that nobody reads any more as its own transport does: in the result of a flush. It takes an exception for a fault of its own, and logs it.</summary>
/// <param name="inner">Writes, and throws when the other side is gone.</param>
internal sealed class EnduringWriter(PipeWriter inner) : PipeWriter
{
    private bool _isOver;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (!_isOver) return await inner.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            _isOver = true;
        }

        return new FlushResult(isCanceled: false, isCompleted: true);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    // What was not flushed would be written now, waiting for it on the thread.
    public override void Complete(Exception? exception = null) => inner.Complete(exception ?? (_isOver ? new IOException("The other side is gone.") : null));
}
