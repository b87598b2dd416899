using RestateCloud.Grains.Cluster.Azure.State;
using RestateCloud.Grains.Cluster.Tests.Hosts;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure.Tests.State;

public sealed class BlobNameTests
{
    private const int FewMebibytes = 3 << 20;

    // Folders, ways out of them, what URLs and XML use, letters of other scripts, what looks escaped already, nothing at all.
    private static readonly string[] Keys =
    [
        "a/b", "a%2Fb", "a%252Fb", "a\\b", "..", "../a", "a/../b", "a/./b", "/", "//", ".", "a.", " a ", "?a=b&c", "#", "a+b@example.com", "a b", "<&>", "\"'",
        "tab\tbell\a", "ü", "u\u0308", "日本", "😀", "\uFFFF", "\uE000", "\u200E", "A", "",
    ];

    [Fact]
    public void A_name_gives_its_parts_again_and_different_parts_give_different_names()
    {
        var names = Keys.Select(key => BlobName.Of("generation", "type", "state", key)).ToList();

        Assert.Equal(Keys.Length, names.Distinct().Count());
        Assert.Equal(Keys, names.Select(name => BlobName.Parts("generation", name).GrainKey));
        Assert.Equal(("a/b", "c/d", "e"), BlobName.Parts("generation", BlobName.Of("generation", "a/b", "c/d", "e")));
        Assert.All(names, name => Assert.Equal(3, name.Split('/').Length));
    }

    // An address of an account has at most 254 characters, and a name in Azure Storage 1,024.
    [Theory]
    [InlineData('/')]
    [InlineData('%')]
    [InlineData('日')]
    public void The_longest_key_fits(char character) =>
        Assert.InRange(BlobName.Of(new string('f', 32), "useremail", "user-email", new string(character, 254)).Length, 254, 1024);

    [Fact]
    public async Task Every_key_has_a_state_of_its_own_of_any_size()
    {
        var records = TestStorage.Open(await TestStorage.NewAsync(), new ClusterGrainsOptions()).Records;
        var states = Keys.Select((key, i) => new StateRecord("type", key, "state", $$"""{"Number":{{i}}}"""))
            .Append(new StateRecord("type", "large", "state", $$"""{"Text":"{{new string('x', FewMebibytes)}}"}""")).ToList();

        await records.FillAsync(states.ToAsyncEnumerable<GrainRecord>(), () => { }, CancellationToken.None);

        var stored = (await records.ReadAsync(CancellationToken.None).ToListAsync()).Cast<StateRecord>().ToDictionary(state => state.Key);
        Assert.Equal(states.Count, stored.Count);
        Assert.All(states, state => Assert.Equal(state, stored[state.Key]));
    }
}
