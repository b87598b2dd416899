using RestateCloud.Grains.Environments;

namespace RestateCloud.Silo.Hosting;

/// <summary>Where the gateways are other processes, environments are reached by host name.</summary>
internal sealed class NoLoopbackListeners : ILoopbackListeners
{
    public ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken) => default;

    public ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken) => default;
}
