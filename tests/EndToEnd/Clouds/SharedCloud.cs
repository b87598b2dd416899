using RestateCloud.EndToEnd.Tests.Clouds;

[assembly: AssemblyFixture(typeof(SharedCloud))]

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>The cloud of all tests that leave it running, with two tenants who have nothing to do with each other.</summary>
public sealed class SharedCloud : IAsyncLifetime
{
    private Cloud? _cloud;
    private Tenant? _alice;
    private Tenant? _bob;

    public FirstRun FirstRun => _cloud!.FirstRun;

    public string DataFolder => _cloud!.DataFolder;

    public int ProcessId => _cloud!.ProcessId;

    public Tenant Alice => _alice!;

    public Tenant Bob => _bob!;

    public async ValueTask InitializeAsync()
    {
        // Each start makes sure of one user and signs that user in; a second user comes from a second start.
        _cloud = await Cloud.StartAsync("--FirstUser:Email=bob@localhost");
        var bob = _cloud.FirstRun.AccessToken;
        await _cloud.KillAsync();
        await _cloud.StartAgainAsync("--FirstUser:Email=alice@localhost");
        _alice = await Tenant.CreateAsync(_cloud, FirstRun.AccessToken);
        _bob = await Tenant.CreateAsync(_cloud, bob);
    }

    public async ValueTask DisposeAsync()
    {
        _alice?.Dispose();
        _bob?.Dispose();
        if (_cloud is null) return;
        await _cloud.DisposeAsync();
        Assert.True(Errors().Length == 0, $"The cloud logged errors:\n{_cloud.Output}");
    }

    // The console logger begins such an entry with its level.
    private string[] Errors() => [.. _cloud!.Output.Split('\n').Where(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal))];
}
