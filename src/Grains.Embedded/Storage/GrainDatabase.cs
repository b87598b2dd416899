using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Diagnostics;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>
/// The SQLite file behind all grains. One thread owns the connection and commits everything that waits in one transaction: a grain
/// waits for one flush of the disk, and many grains share it. SQLite's calls block, hence a thread of its own and not one of the pool's.
/// </summary>
internal sealed class GrainDatabase(string path) : IAsyncDisposable
{
    private const int MaxWaiting = 1024;
    private const int MaxBatch = 256;

    private readonly Channel<StorageOperation> _operations = Channel.CreateBounded<StorageOperation>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private Task _writer = Task.CompletedTask;

    /// <exception cref="GrainDatabaseException">The file cannot be used.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writer = Task.Factory.StartNew(
            () => Run(opened),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        await opened.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Queues an operation and completes when it is done, for a write when it is durable.</summary>
    /// <param name="operation">Runs on the storage thread.</param>
    /// <param name="writes">Whether it changes anything.</param>
    /// <param name="cancellationToken">Takes the operation back while it waits in the queue.</param>
    public async Task<T> ExecuteAsync<T>(Func<StorageCommands, T> operation, bool writes, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var queued = new StorageOperation<T>(operation, writes, cancellationToken);
        try
        {
            await _operations.Writer.WriteAsync(queued, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new SiloUnavailableException("The grain host has stopped: its storage is closed.");
        }
        var result = await queued.Done;
        GrainMetrics.RecordStorage(writes, started);
        return result;
    }

    /// <summary>Takes no more operations; the file closes when those that wait are done.</summary>
    public void Close() => _operations.Writer.TryComplete();

    /// <summary>Finishes what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _writer;
    }

    private void Run(TaskCompletionSource opened)
    {
        SqliteConnection connection;
        try
        {
            connection = GrainDatabaseFile.Open(path);
        }
        catch (Exception exception)
        {
            _operations.Writer.TryComplete();
            opened.SetException(exception);
            return;
        }
        opened.SetResult();
        using (connection)
        using (var commands = new StorageCommands(connection))
        {
            var batch = new List<StorageOperation>(MaxBatch);
            while (_operations.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) // The thread has nothing else to do.
            {
                while (batch.Count < MaxBatch && _operations.Reader.TryRead(out var operation))
                    if (operation.TryStart()) batch.Add(operation);
                Commit(commands, batch);
                batch.Clear();
            }
        }
    }

    private static void Commit(StorageCommands commands, List<StorageOperation> batch)
    {
        if (batch.Count == 0) return;
        var writes = batch.Exists(operation => operation.Writes);
        try
        {
            if (writes) commands.Begin();
            foreach (var operation in batch) operation.Run(commands);
            if (writes) commands.Commit();
        }
        catch (Exception exception) // Whatever it is, the callers get it and the thread goes on.
        {
            if (writes) commands.TryRollback();
            foreach (var operation in batch) operation.Fail(exception);
            return;
        }
        GrainMetrics.StorageBatch.Record(batch.Count);
        foreach (var operation in batch) operation.Complete();
    }
}
