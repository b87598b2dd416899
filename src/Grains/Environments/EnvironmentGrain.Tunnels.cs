using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Tunnels;

namespace RestateCloud.Grains.Environments;

/// <summary>The environment remembers its tunnels by name, so that none outlives it.</summary>
internal sealed partial class EnvironmentGrain
{
    private const int TunnelLimit = 100;

    public async Task OpenTunnelAsync(string name, TunnelHold hold, CancellationToken cancellationToken)
    {
        ThrowIfMissing();
        if (!state.State.Tunnels.Contains(name))
        {
            if (state.State.Tunnels.Length >= TunnelLimit)
                throw new CloudException(CloudError.QuotaExceeded, $"The environment has had {TunnelLimit} tunnels, which is the limit; use one of their names.");
            await state.SaveAsync(state.State with { Tunnels = state.State.Tunnels.Add(name) });
        }

        await Tunnel(name).OpenAsync(hold, cancellationToken);
    }

    private Task ForgetTunnelsAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(state.State.Tunnels.Select(name => Tunnel(name).ForgetAsync(cancellationToken)));

    private ITunnelGrain Tunnel(string name) => GrainFactory.GetGrain<ITunnelGrain>(ITunnelGrain.KeyOf(EnvironmentId, name));
}
