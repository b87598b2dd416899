using Azure.Storage.Blobs;
using RestateCloud.Grains.Cluster.Azure.Tests.Hosts;
using RestateCloud.Grains.Cluster.Tests.Hosts;

namespace RestateCloud.Grains.Cluster.Azure.Tests.Accounts;

public sealed class PreparationTests
{
    [Fact]
    public async Task Members_that_start_together_make_what_is_missing_once()
    {
        var account = await AzuriteServer.NewAccountAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Storage(account).PrepareAsync(default))));

        Assert.Equal("1", (await Container(account).GetPropertiesAsync()).Value.Metadata["schema"]);
    }

    [Fact]
    public async Task A_container_that_an_operator_has_made_is_taken()
    {
        var account = await AzuriteServer.NewAccountAsync();
        await Container(account).CreateAsync();

        await Storage(account).PrepareAsync(default);

        Assert.Equal("1", (await Container(account).GetPropertiesAsync()).Value.Metadata["schema"]);
    }

    [Fact]
    public async Task A_storage_of_a_newer_version_is_refused()
    {
        var account = await AzuriteServer.NewAccountAsync();
        await Container(account).CreateAsync(metadata: new Dictionary<string, string> { ["schema"] = "99" });

        Assert.Contains("newer version", (await RefusedAsync(account)).Message);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_told_in_a_sentence_without_its_key()
    {
        // Nobody listens on port 1.
        var away = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aGlkZGVu;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

        var refusal = await RefusedAsync(away);

        Assert.Matches(@"^The cluster's Azure Storage cannot be used: Connection refused [^\n]*$", refusal.Message);
        Assert.DoesNotContain("aGlkZGVu", refusal.ToString());
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_a_sentence_without_it()
    {
        var account = await AzuriteServer.NewAccountAsync();
        var wrong = System.Text.RegularExpressions.Regex.Replace(account, "AccountKey=[^;]*", "AccountKey=aGlkZGVu");

        var refusal = await RefusedAsync(wrong);

        Assert.Matches(@"^The cluster's Azure Storage cannot be used: [^\n]*\(AuthorizationFailure\)$", refusal.Message);
        Assert.DoesNotContain("aGlkZGVu", refusal.ToString());
    }

    private static Task<ClusterStorageException> RefusedAsync(string account) =>
        Assert.ThrowsAsync<ClusterStorageException>(() => Storage(account).PrepareAsync(default));

    private static IClusterStorage Storage(string account) => TestStorage.Open(account, new ClusterGrainsOptions());

    private static BlobContainerClient Container(string account) => new(account, "restate-cloud");
}
