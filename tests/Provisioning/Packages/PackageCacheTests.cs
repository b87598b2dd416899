using System.Collections.Concurrent;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Packages;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.Packages;

public sealed class PackageCacheTests : IDisposable, IFetchProgress
{
    // Small and without dependencies.
    private static readonly NpmPackage Small = new("isarray", "2.0.5");

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _progress = [];

    void IFetchProgress.Report(string message) => _progress.Enqueue(message);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_is_fetched_once_and_found_from_then_on()
    {
        var cache = new PackageCache(_folder.File("cache"), this);
        Assert.Null(cache.Find(Small));

        var modules = await cache.FetchAsync(Small, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(Path.Combine(modules, "isarray", "package.json")));
        Assert.Equal(2, _progress.Count);
        Assert.Equal(modules, await cache.FetchAsync(Small, TestContext.Current.CancellationToken));
        Assert.Equal(modules, new PackageCache(_folder.File("cache"), this).Find(Small));
        Assert.Equal(2, _progress.Count);
    }

    [Fact]
    public async Task Two_who_fetch_at_the_same_time_both_get_a_whole_package()
    {
        var fetched = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            _ => new PackageCache(_folder.Path, this).FetchAsync(Small, TestContext.Current.CancellationToken)));

        Assert.Equal(fetched[0], fetched[1]);
        Assert.Equal([Path.Combine(_folder.Path, "isarray@2.0.5")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_version_that_does_not_exist_is_one_clear_sentence()
    {
        var cache = new PackageCache(_folder.Path, this);

        var error = await Assert.ThrowsAsync<ProvisioningException>(
            () => cache.FetchAsync(Small with { Version = "99.99.99" }, TestContext.Current.CancellationToken));

        Assert.Equal("npm knows no isarray 99.99.99.", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_missing_npm_is_one_clear_sentence()
    {
        var cache = new PackageCache(_folder.Path, this, npm: "no-such-npm");

        var error = await Assert.ThrowsAsync<ProvisioningException>(() => cache.FetchAsync(Small, TestContext.Current.CancellationToken));

        Assert.StartsWith("npm is needed to fetch isarray 2.0.5", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Install_scripts_are_not_run_and_a_failure_leaves_no_half_package()
    {
        var npm = _folder.File("npm");
        File.WriteAllText(npm, "#!/bin/sh\nmkdir -p node_modules/isarray\necho \"npm error network $*\" >&2\nexit 1\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var cache = new PackageCache(_folder.File("cache"), this, npm);

        var error = await Assert.ThrowsAsync<ProvisioningException>(() => cache.FetchAsync(Small, TestContext.Current.CancellationToken));

        Assert.Contains("--ignore-scripts", error.Message);
        Assert.Null(cache.Find(Small));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("cache")));
    }

    [Fact]
    public async Task A_package_without_its_program_is_not_taken_for_whole()
    {
        var needed = Small with { Program = "isarray/bin/isarray" };
        var cache = new PackageCache(_folder.Path, this);

        var error = await Assert.ThrowsAsync<ProvisioningException>(() => cache.FetchAsync(needed, TestContext.Current.CancellationToken));

        Assert.Contains("without isarray/bin/isarray", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Cancelling_a_download_ends_npm_and_leaves_nothing()
    {
        var npm = _folder.File("npm");
        File.WriteAllText(npm, $"#!/bin/sh\necho $$ > {_folder.File("pid")}\nexec sleep 600\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var fetch = new PackageCache(_folder.File("cache"), this, npm).FetchAsync(Small, cancel.Token);
        await Eventually.HoldsAsync(
            () => File.Exists(_folder.File("pid")) && File.ReadAllText(_folder.File("pid")).EndsWith('\n'), "npm runs");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        var pid = int.Parse(File.ReadAllText(_folder.File("pid")));
        await Eventually.HoldsAsync(() => !Support.Signals.IsRunning(pid), "npm ends");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("cache")));
    }
}
