using Azure.Data.Tables;
using Azure.Storage.Blobs;
using RestateCloud.Grains.Cluster.Azure.Generations;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure.Tests.Records;

/// <summary>Exports and imports that meet silos or each other.</summary>
public sealed class MovingTests
{
    private static readonly GrainRecord[] Some =
    [
        new StateRecord("user", "user_1", "user", "{}"),
        new ReminderRecord("user", "user_1", "alone", DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1)),
    ];

    private static readonly GrainRecord[] Others = [new StateRecord("user", "user_2", "user", "{}")];

    [Fact]
    public async Task A_storage_with_a_silo_that_was_alive_just_now_is_left_alone()
    {
        var account = await NewAccountAsync();
        var silos = new TableClient(account, "restatecloudsilos");
        var silo = new TableEntity("some-cluster", "10.1.2.3-11111-1") { ["Address"] = "10.1.2.3", ["Port"] = "11111", ["Status"] = "Active" };
        await silos.AddEntityAsync(silo);

        Assert.Contains("10.1.2.3:11111", (await Assert.ThrowsAsync<GrainRecordsException>(() => ReadAsync(account))).Message);
        await Assert.ThrowsAsync<GrainRecordsException>(() => FillAsync(account, Some));

        silo["Status"] = "Dead";
        await silos.UpdateEntityAsync(silo, global::Azure.ETag.All);
        await FillAsync(account, Some);
        Assert.Equal(Some, await ReadAsync(account));
    }

    [Fact]
    public async Task A_silo_that_starts_during_an_import_finds_nothing_of_it_and_the_import_fails()
    {
        var account = await NewAccountAsync();

        await Assert.ThrowsAsync<GrainRecordsException>(() => FillAsync(account, Some, beforeCommit: () => Claim(account)));

        Assert.Empty(await ReadAsync(account));
        Assert.Equal(["generation"], await BlobsAsync(account));
        await FillAsync(account, Some);
        Assert.Equal(Some, await ReadAsync(account));
    }

    [Fact]
    public async Task A_silo_that_starts_during_an_export_makes_it_fail()
    {
        var account = await NewAccountAsync();
        await FillAsync(account, Some);

        await Assert.ThrowsAsync<GrainRecordsException>(async () =>
        {
            await foreach (var _ in Open(account).Records.ReadAsync(CancellationToken.None)) Claim(account);
        });
    }

    [Fact]
    public async Task Of_two_imports_the_later_one_wins_and_nothing_of_the_other_is_left()
    {
        var account = await NewAccountAsync();

        await Assert.ThrowsAsync<GrainRecordsException>(() => Open(account).Records.FillAsync(Interrupted(), () => { }, CancellationToken.None));

        Assert.Equal(Others, await ReadAsync(account));
        Assert.Equal(2, (await BlobsAsync(account)).Count);

        async IAsyncEnumerable<GrainRecord> Interrupted()
        {
            yield return Some[0];
            await FillAsync(account, Others);
            yield return Some[1];
        }
    }

    [Fact]
    public async Task What_an_import_left_that_was_killed_is_deleted_by_the_next()
    {
        var account = await NewAccountAsync();
        var container = new BlobContainerClient(account, "restate-cloud");
        await container.UploadBlobAsync($"{Generation.NewId()}-user/user/user_3.json", BinaryData.FromString("{}"));
        await container.UploadBlobAsync("notes of the operator", BinaryData.FromString("mine"));
        var reminders = new TableClient(account, "restatecloudreminders");
        await reminders.AddEntityAsync(new TableEntity($"restate-cloud-{Generation.NewId()}_0000ABCD", "left"));
        await reminders.AddEntityAsync(new TableEntity($"restatecloud-{Generation.NewId()}_0000ABCD", "of a service of almost the same name"));
        Assert.Empty(await ReadAsync(account));

        await FillAsync(account, Some);

        Assert.Equal(Some, await ReadAsync(account));
        Assert.Equal(["generation", "notes of the operator"], (await BlobsAsync(account)).Where(name => !name.Contains("user_1")).Order());
        var rows = await reminders.QueryAsync<TableEntity>().Select(row => row.RowKey).ToListAsync();
        Assert.Equal(2, rows.Count);
        Assert.Contains("of a service of almost the same name", rows);
    }

    private static async Task<string> NewAccountAsync()
    {
        var account = await TestStorage.NewAsync();
        await Open(account).PrepareAsync(CancellationToken.None);
        return account;
    }

    private static IClusterStorage Open(string account) => TestStorage.Open(account, new ClusterGrainsOptions());

    // As a silo does when it has joined.
    private static void Claim(string account) =>
        Task.Run(() => new GenerationBlob(new BlobContainerClient(account, "restate-cloud")).ClaimAsync(CancellationToken.None)).GetAwaiter().GetResult();

    private static async Task<List<GrainRecord>> ReadAsync(string account) => await Open(account).Records.ReadAsync(CancellationToken.None).ToListAsync();

    private static Task FillAsync(string account, GrainRecord[] records, Action? beforeCommit = null) =>
        Open(account).Records.FillAsync(records.ToAsyncEnumerable(), beforeCommit ?? (() => { }), CancellationToken.None);

    private static async Task<List<string>> BlobsAsync(string account) =>
        await new BlobContainerClient(account, "restate-cloud").GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
}
