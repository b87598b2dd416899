using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using RestateCloud.Grains.Embedded.Storage;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Storage;

public sealed class GrainDatabaseTests : IDisposable
{
    private static readonly GrainId Grain = new("type", "key");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Writes_that_wait_together_share_one_commit()
    {
        await using var database = await OpenAsync();
        var release = await OccupyAsync(database);
        using var lastMayEnd = new ManualResetEventSlim();
        var lastReached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = Enumerable.Range(0, 100)
            .Select(i => database.ExecuteAsync(
                commands =>
                {
                    if (i == 99)
                    {
                        lastReached.SetResult();
                        lastMayEnd.Wait();
                    }
                    return commands.WriteReminder(Grain, $"{i}", DateTime.UnixEpoch, TimeSpan.FromDays(1));
                },
                writes: true,
                CancellationToken.None))
            .ToArray();
        await release();

        // The last one holds up the commit, and none is acknowledged before.
        await lastReached.Task;
        Assert.All(writes, write => Assert.False(write.IsCompleted));
        lastMayEnd.Set();
        await Task.WhenAll(writes);
    }

    [Fact]
    public async Task A_failed_write_fails_its_batch_whole_and_the_next_one_works()
    {
        await using var database = await OpenAsync();
        var release = await OccupyAsync(database);
        var good = database.ExecuteAsync(commands => commands.WriteState(Grain, "s", null, "{}"), writes: true, CancellationToken.None);
        var bad = database.ExecuteAsync<int>(_ => throw new SqliteException("The disk is full.", 13), writes: true, CancellationToken.None);
        await release();

        await Assert.ThrowsAsync<SqliteException>(() => bad);
        await Assert.ThrowsAsync<SqliteException>(() => good);

        Assert.Null(await database.ExecuteAsync(commands => commands.ReadState(Grain, "s"), writes: false, CancellationToken.None));
        var (written, _) = await database.ExecuteAsync(
            commands => commands.WriteState(Grain, "s", null, "{}"), writes: true, CancellationToken.None);
        Assert.NotNull(written);
    }

    [Fact]
    public async Task An_operation_cancelled_in_the_queue_is_not_carried_out()
    {
        await using var database = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var release = await OccupyAsync(database);
        var write = database.ExecuteAsync(commands => commands.WriteState(Grain, "s", null, "{}"), writes: true, cancellation.Token);

        await cancellation.CancelAsync();
        await release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Null(await database.ExecuteAsync(commands => commands.ReadState(Grain, "s"), writes: false, CancellationToken.None));
    }

    [Fact]
    public async Task A_write_and_a_delete_of_an_old_version_change_nothing()
    {
        await using var database = await OpenAsync();
        var (first, _) = await Write(null, "first");
        var (second, _) = await Write(first, "second");

        Assert.Equal((null, second), await Write(first, "stale"));
        Assert.Equal((null, second), await Write(null, "stale"));
        Assert.Equal((false, second), await Delete(first));
        Assert.Equal((false, second), await Delete(null));

        var state = await database.ExecuteAsync(commands => commands.ReadState(Grain, "s"), writes: false, CancellationToken.None);
        Assert.Equal(new StoredState(second!.Value, "second"), state);
        Assert.Equal((true, null), await Delete(second));
        Assert.Equal((true, null), await Delete(null));
        Assert.Equal((null, null), await Write(second, "after it was deleted"));
        var (third, _) = await Write(null, "made again");
        Assert.Equal((null, third), await Write(first, "a version from before it was deleted"));

        Task<(long?, long?)> Write(long? etag, string json) =>
            database.ExecuteAsync(commands => commands.WriteState(Grain, "s", etag, json), writes: true, CancellationToken.None);

        Task<(bool, long?)> Delete(long? etag) =>
            database.ExecuteAsync(commands => commands.DeleteState(Grain, "s", etag), writes: true, CancellationToken.None);
    }

    /// <summary>Keeps the storage thread from what is queued next; the result lets it go on.</summary>
    private static async Task<Func<Task>> OccupyAsync(GrainDatabase database)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new ManualResetEventSlim();
        var occupying = database.ExecuteAsync(
            _ =>
            {
                reached.SetResult();
                gate.Wait();
                return 0;
            },
            writes: false,
            CancellationToken.None);
        await reached.Task;
        return async () =>
        {
            gate.Set();
            await occupying;
        };
    }

    private async Task<GrainDatabase> OpenAsync()
    {
        var database = new GrainDatabase(_folder.File("grains.db"));
        await database.OpenAsync(CancellationToken.None);
        return database;
    }
}
