using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RestateCloud.Protocols.Streams;

/// <summary>
/// Reads a stream into one piece of memory, which is small until much comes: the framework's reader holds as much while a connection is idle as it reads at
/// a time. One at a time reads; anybody may wake him, and that is the one way to have him not wait: tokens are not looked at.
/// </summary>
/// <param name="stream">The bytes; its owner's to dispose of.</param>
/// <param name="mostBytes">How many are read at a time while much comes.</param>
internal sealed class DirectReader(Stream stream, int mostBytes) : PipeReader
{
    // Most messages, and a page of the kernel's.
    private const int OwnSize = 4 * 1024;

    private volatile CancellationTokenSource _wake = new();
    private byte[] _own = [];
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private int _lastRead;
    private bool _isExamined = true;
    private bool _isEnded;

    public override bool TryRead(out ReadResult result)
    {
        var isWoken = _wake.IsCancellationRequested;
        if (isWoken) _wake = new();
        result = Result(isWoken);
        return isWoken || _isEnded || !_isExamined;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out var result) ? new(result) : ReceiveAsync();

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _start = consumed.GetInteger();
        _isExamined = examined.GetInteger() == _end;
    }

    public override void CancelPendingRead() => _wake.Cancel();

    public override void Complete(Exception? exception = null)
    {
        (_isEnded, _start, _end) = (true, 0, 0);
        Hold([]);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReceiveAsync()
    {
        MakeRoom();
        var wake = _wake;
        try
        {
            _lastRead = await stream.ReadAsync(_bytes.AsMemory(_end), wake.Token);
        }
        catch (OperationCanceledException) when (wake.IsCancellationRequested)
        {
            // Whoever wakes him a second time before this has woken him once.
            _wake = new();
            return Result(isWoken: true);
        }

        _end += _lastRead;
        _isEnded = _lastRead == 0;
        return Result(isWoken: false);
    }

    private ReadResult Result(bool isWoken) => new(new ReadOnlySequence<byte>(_bytes, _start, _end - _start), isWoken, _isEnded);

    private void MakeRoom()
    {
        var length = _end - _start;
        if (length == 0 && _lastRead < OwnSize) Hold(_own.Length > 0 ? _own : _own = new byte[OwnSize]);
        else if (length == 0 && _bytes.Length < mostBytes) Hold(ArrayPool<byte>.Shared.Rent(mostBytes));
        else if (length == _bytes.Length) MoveTo(ArrayPool<byte>.Shared.Rent(Math.Max(mostBytes, 2 * length)), length);
        else if (length == 0) Hold(_bytes);
        else if (_start > 0 && _bytes.Length - _end < OwnSize) MoveTo(_bytes, length);
    }

    private void MoveTo(byte[] bytes, int length)
    {
        _bytes.AsSpan(_start, length).CopyTo(bytes);
        Hold(bytes);
        _end = length;
    }

    private void Hold(byte[] bytes)
    {
        if (bytes != _bytes && _bytes.Length > OwnSize) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, _end) = (bytes, 0, 0);
    }
}
