using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>A cloud for the tests of one class. It writes down which grains the gateway has turned to.</summary>
public sealed class CloudFixture : IAsyncLifetime
{
    private readonly RecordedGrains _recorded = new();

    internal TestCloud Cloud { get; private set; } = null!;

    internal TestLogs Logs { get; } = new();

    /// <summary>Keys of the grains that were turned to since the last call.</summary>
    internal IReadOnlyCollection<string> TakeRecordedGrains() => _recorded.Take();

    public async ValueTask InitializeAsync() => Cloud = await TestCloud.StartAsync(configure: services => services
        .AddSingleton<IEnvironmentLogs>(Logs)
        .AddSingleton<IGrainFactory>(provider => _recorded.Over(provider.GetRequiredService<IClusterClient>())));

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    private sealed class RecordedGrains : IGrainFactory
    {
        private readonly ConcurrentQueue<string> _keys = new();
        private IGrainFactory _grains = null!;

        public IGrainFactory Over(IGrainFactory grains)
        {
            _grains = grains;
            return this;
        }

        public IReadOnlyCollection<string> Take()
        {
            var taken = new List<string>();
            while (_keys.TryDequeue(out var key)) taken.Add(key);
            return taken;
        }

        public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey
        {
            _keys.Enqueue(primaryKey);
            return _grains.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);
        }

        public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
        {
            _keys.Enqueue(grainPrimaryKey);
            return _grains.GetGrain(grainInterfaceType, grainPrimaryKey);
        }

        public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver => _grains.CreateObjectReference<TGrainObserverInterface>(obj);

        public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver => _grains.DeleteObjectReference<TGrainObserverInterface>(obj);
    }
}
