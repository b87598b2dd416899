using System.Diagnostics.CodeAnalysis;
using RestateCloud.Grains.Records;
using RestateCloud.Silo.Data;
using RestateCloud.Silo.Moving;
using RestateCloud.TestSupport;

namespace RestateCloud.Silo.Tests.Hosting;

/// <summary>A data folder, or a database with one, that no cloud runs on.</summary>
internal sealed class TestCloud : IDisposable
{
    private readonly TemporaryFolder _folder;

    private TestCloud(TemporaryFolder folder, string[] settings)
    {
        (_folder, Settings) = (folder, settings);
        Open();
    }

    public DataFolder Data { get; private set; }

    public StoppedCloud Cloud { get; private set; }

    /// <summary>What its program is started with besides the data folder.</summary>
    public string[] Settings { get; }

    public static async Task<TestCloud> NewAsync(params string[] settings) => new(new TemporaryFolder("rc-moving-"), [.. await Storage.NewAsync(), .. settings]);

    /// <summary>Does something with the data folder free for another process.</summary>
    public async Task<T> WhileClosedAsync<T>(Func<Task<T>> action)
    {
        Close();
        try
        {
            return await action();
        }
        finally
        {
            Open();
        }
    }

    public Task FillAsync(IEnumerable<GrainRecord> records) =>
        Cloud.Records.FillAsync(records.Select(Cloud.WithSealedSecrets).ToAsyncEnumerable(), () => { }, CancellationToken.None);

    /// <summary>As it is stored.</summary>
    public async Task<List<GrainRecord>> RecordsAsync() => await Cloud.Records.ReadAsync(CancellationToken.None).ToListAsync();

    /// <summary>The same with secrets in the clear, in an order that does not depend on the storage.</summary>
    public async Task<List<GrainRecord>> OpenRecordsAsync() =>
        [.. (await RecordsAsync()).Select(Cloud.WithOpenSecrets).OrderBy(record => record.ToString(), StringComparer.Ordinal)];

    public void Dispose()
    {
        Close();
        _folder.Dispose();
    }

    [MemberNotNull(nameof(Data), nameof(Cloud))]
    private void Open()
    {
        Data = DataFolder.Open(_folder.Path);
        Cloud = StoppedCloud.Open(Data, Settings);
    }

    private void Close()
    {
        Cloud.Dispose();
        Data.Dispose();
    }
}
