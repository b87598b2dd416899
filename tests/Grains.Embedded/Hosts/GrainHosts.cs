using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Grains.Embedded.Tests.Semantics;
using RestateCloud.Grains.Embedded.Tests.Semantics.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Hosts;

/// <summary>Starts the host under test. The cluster build of the tests has its own file in place of this one.</summary>
public static class GrainHosts
{
    public static async Task<IGrainHost> StartAsync(GrainHostSettings? settings = null)
    {
        var host = new EmbeddedGrainHost(settings ?? new GrainHostSettings());
        await host.StartAsync();
        return host;
    }

    private sealed class EmbeddedGrainHost(GrainHostSettings settings) : IGrainHost
    {
        private readonly TemporaryFolder _folder = new();
        private readonly MovableClock _clock = new();
        private EmbeddedHost? _host;

        public Journal Journal { get; } = new();

        public Gates Gates { get; } = new();

        public Sabotage Sabotage { get; } = new();

        public IGrainFactory Grains => _host!.Grains;

        public async Task StartAsync() => _host = await EmbeddedHost.StartAsync(
            _folder.File("grains.db"),
            options =>
            {
                options.ResponseTimeout = settings.ResponseTimeout;
                options.IdleTimeout = settings.IdleTimeout;
            },
            services => services.AddSingleton(Journal).AddSingleton(Gates).AddSingleton(Sabotage).AddSingleton<TimeProvider>(_clock));

        public async Task RestartAsync(TimeSpan away)
        {
            await _host!.DisposeAsync();
            _clock.Advance(away);
            await StartAsync();
        }

        public Task AdvanceAsync(TimeSpan time)
        {
            _clock.Advance(time);
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await _host!.DisposeAsync();
            _folder.Dispose();
        }
    }
}
