namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>One operation in the queue of the storage thread.</summary>
internal abstract class StorageOperation(bool writes)
{
    public bool Writes { get; } = writes;

    /// <summary>False when the caller has taken it back.</summary>
    public abstract bool TryStart();

    /// <summary>Carries it out inside the transaction of its batch.</summary>
    public abstract void Run(StorageCommands commands);

    /// <summary>Gives the caller its result, after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class StorageOperation<T>(Func<StorageCommands, T> operation, bool writes, CancellationToken cancellationToken)
    : StorageOperation(writes)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool TryStart() => !cancellationToken.IsCancellationRequested || !_done.TrySetCanceled(cancellationToken);

    public override void Run(StorageCommands commands) => _result = operation(commands);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
