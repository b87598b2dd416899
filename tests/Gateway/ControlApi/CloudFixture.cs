using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>A cloud for the tests of one class. It writes down which grains the gateway has turned to.</summary>
public sealed class CloudFixture : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _keys = new();

    internal TestCloud Cloud { get; private set; } = null!;

    internal TestLogs Logs { get; } = new();

    /// <summary>Keys of the grains that were turned to since the last call.</summary>
    internal IReadOnlyCollection<string> TakeRecordedGrains()
    {
        var taken = new List<string>();
        while (_keys.TryDequeue(out var key)) taken.Add(key);
        return taken;
    }

    public async ValueTask InitializeAsync() => Cloud = await TestCloud.StartAsync(configure: services => services
        .AddSingleton<IEnvironmentLogs>(Logs)
        .AddSingleton<IGrainFactory>(provider => RecordedGrains.Over(provider.GetRequiredService<IClusterClient>(), _keys)));

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();
}
