using RestateCloud.Gateway.Identity;

namespace RestateCloud.Gateway.Listening;

/// <summary>What the gateway knows of a connection; a feature of each. One, because Kestrel looks long for features that it does not know.</summary>
/// <param name="port">Through which port it came.</param>
internal sealed class GatewayConnection(GatewayPort port)
{
    public GatewayPort Port => port;

    public CredentialMemo Memo { get; } = new();
}
