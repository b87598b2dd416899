using System.IO.Pipelines;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http1.Relaying;

/// <summary>What is to be sent on a connection: it is collected, and sent together by whoever comes first.</summary>
/// <param name="output">The connection; its owner's to complete.</param>
/// <param name="gate">Its lock, which guards what waits.</param>
/// <param name="clock">The time.</param>
/// <param name="sent">Is called, without the lock, each time when everything that waited has been sent.</param>
/// <param name="failed">Is called, without the lock, when nothing can be sent any more.</param>
internal sealed class OutputQueue(PipeWriter output, Lock gate, TimeProvider clock, Action sent, Action<string> failed)
{
    // One that is read slowly is seen to be read.
    private const int MostAtOnce = 64 * 1024;

    private PooledBuffer _waiting = new();
    private PooledBuffer _batch = new();
    private List<(RelayStream Sender, int Bytes)> _owed = [];
    private List<(RelayStream Sender, int Bytes)> _owedForBatch = [];
    private TaskCompletionSource? _allSent;
    private bool _isSending;
    private bool _isBroken;
    private long _since;

    /// <summary>What is sent next, to be added to in the lock.</summary>
    public PooledBuffer Waiting => _waiting;

    /// <summary>Bytes that wait or are being sent. In the lock.</summary>
    public int Length => _waiting.Length + _batch.Length;

    /// <summary>How long nothing of it could be sent; nothing while there is nothing to send.</summary>
    public TimeSpan Delay => Volatile.Read(ref _since) is var since && since != 0 ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Whether somebody waits for what he has passed on to be sent. In the lock.</summary>
    public bool IsOwing => _owed.Count + _owedForBatch.Count > 0;

    /// <summary>Credits somebody with what he has passed on once it is sent, or will not be. In the lock.</summary>
    /// <returns>False when nothing is sent any more, and he is to be credited at once.</returns>
    public bool TryOwe(RelayStream sender, int bytes)
    {
        if (!_isBroken) _owed.Add((sender, bytes));
        return !_isBroken;
    }

    /// <summary>Sends what waits, unless somebody does already.</summary>
    public void Send()
    {
        lock (gate)
        {
            if (_isSending || _isBroken || _waiting.Length == 0) return;
            _isSending = true;
            Swap();
        }

        _ = SendAsync();
    }

    /// <summary>Completes, always successfully, when nothing waits or nothing will be sent any more.</summary>
    public Task AllSentAsync()
    {
        lock (gate) return _isSending ? (_allSent ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
    }

    private async Task SendAsync()
    {
        try
        {
            do
            {
                for (var rest = _batch.Bytes; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, MostAtOnce)..])
                {
                    Volatile.Write(ref _since, clock.GetTimestamp());
                    var result = await output.WriteAsync(rest[..Math.Min(rest.Length, MostAtOnce)]);
                    if (result.IsCompleted) throw new IOException("The connection is closed.");
                }

                Volatile.Write(ref _since, 0);
                Settle();
            }
            while (TakeBatch());

            sent();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            Break();
            failed(e.Message);
        }
    }

    private bool TakeBatch()
    {
        lock (gate)
        {
            Swap();
            if (_batch.Length > 0) return true;
            End();
            return false;
        }
    }

    private void Swap()
    {
        (_waiting, _batch) = (_batch, _waiting);
        (_owed, _owedForBatch) = (_owedForBatch, _owed);
        _waiting.Empty();
    }

    // Nobody else looks at what is owed for a batch.
    private void Settle()
    {
        if (_owedForBatch.Count == 0) return;
        foreach (var (sender, bytes) in _owedForBatch) sender.Connection.Credit(sender, bytes);
        lock (gate) _owedForBatch.Clear();
    }

    private void Break()
    {
        lock (gate)
        {
            _isBroken = true;
            _owedForBatch.AddRange(_owed);
            _owed.Clear();
            End();
        }

        Settle();
    }

    private void End()
    {
        _isSending = false;
        Volatile.Write(ref _since, 0);
        _waiting.Clear();
        _batch.Clear();
        _allSent?.TrySetResult();
        _allSent = null;
    }
}
