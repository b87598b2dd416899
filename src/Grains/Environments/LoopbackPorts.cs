namespace RestateCloud.Grains.Environments;

/// <summary>The ports on 127.0.0.1 that belong to one environment alone, so that a client needs neither DNS nor a host header.</summary>
/// <param name="Ingress">TCP port of its ingress.</param>
/// <param name="Admin">TCP port of its admin API.</param>
[GenerateSerializer, Immutable]
public sealed record LoopbackPorts(int Ingress, int Admin);

/// <summary>Gives environments ports of their own; implemented by the gateway that shares the process with the silo.</summary>
public interface ILoopbackListeners
{
    /// <summary>
    /// Listens for an environment, on its previous ports where they are still free; idempotent. Returns the ports in use, or null where
    /// environments are reached by host name only.
    /// </summary>
    ValueTask<LoopbackPorts?> ListenAsync(string environmentId, LoopbackPorts? previous, CancellationToken cancellationToken);

    /// <summary>Stops listening for an environment; idempotent.</summary>
    ValueTask CloseAsync(string environmentId, CancellationToken cancellationToken);
}
