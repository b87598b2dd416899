using RestateCloud.Load.ControlPlane.Hosts;
using RestateCloud.Load.Grains;

namespace RestateCloud.Load.ControlPlane;

/// <summary>Silos and a gateway, each a process.</summary>
internal sealed class LoadCluster(int silos) : ILoadCloud
{
    private readonly List<HostProcess> _silos = [];
    private string _database = "";
    private HostProcess? _gateway;

    public async Task<HostProcess> StartAsync()
    {
        _database = await GrainHosting.NewDatabaseAsync();
        while (_silos.Count < silos) await AddSiloAsync();
        return _gateway = await HostProcess.StartAsync(CloudHost.Gateway, GrainHosting.SettingsOf(_database));
    }

    public async Task AddSiloAsync() => _silos.Add(await HostProcess.StartAsync(CloudHost.Silo, GrainHosting.SettingsOf(_database)));

    /// <summary>SIGKILL to the silo that was started first.</summary>
    public async Task KillSiloAsync()
    {
        var silo = _silos[0];
        _silos.RemoveAt(0);
        await silo.KillAsync();
        await silo.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        foreach (var silo in _silos) await silo.DisposeAsync();
    }
}
