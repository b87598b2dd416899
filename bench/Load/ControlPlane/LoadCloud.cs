using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Grains;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.ControlPlane;

/// <summary>One process.</summary>
internal sealed class LoadCloud : ILoadCloud
{
    private readonly TemporaryFolder _folder = new("rc-load-");
    private HostProcess? _host;

    public async Task<HostProcess> StartAsync() =>
        _host = await HostProcess.StartAsync(CloudHost.All, await GrainHosting.NewStorageAsync(_folder.Path));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }
}
