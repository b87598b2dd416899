using RestateCloud.Gateway.Identity;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>A connection after its handshake.</summary>
internal sealed class OpenTunnel(string environmentId, string name, Principal client, HeldConnection connection, bool supportsDrain)
{
    private readonly TaskCompletionSource _toClose = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The environment it serves, and no other.</summary>
    public string EnvironmentId => environmentId;

    /// <summary>The tunnel.</summary>
    public string Name => name;

    /// <summary>Who opened it.</summary>
    public Principal Client => client;

    /// <summary>What carries requests.</summary>
    public HeldConnection Connection => connection;

    /// <summary>Whether its client knows <see cref="TunnelProtocol.DrainPath"/>.</summary>
    public bool SupportsDrain => supportsDrain;

    /// <summary>Completes when it is to be closed although its client is there.</summary>
    public Task ToClose => _toClose.Task;

    /// <summary>Has it closed; requests that are on it may end first.</summary>
    public void Close() => _toClose.TrySetResult();

    /// <summary>Whether a change of this resource may take away the right to hold it.</summary>
    public bool DependsOn(string resourceId) => resourceId == environmentId || client switch
    {
        ApiKeyPrincipal key => resourceId == key.KeyId,
        UserPrincipal user => resourceId == user.UserId,
        _ => false,
    };
}
