using System.Net;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Tunnels;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>What a tunnel's client says of itself in the answer to the first request.</summary>
/// <param name="Authorization">The value of <c>authorization</c>, as it came; null when there is none or more than one.</param>
/// <param name="EnvironmentId">The environment whose services it serves.</param>
/// <param name="TunnelName">The name that it asks for, or null when it leaves the choice to the server.</param>
/// <param name="SupportsDrain">Whether it knows <see cref="TunnelProtocol.DrainPath"/>.</param>
internal sealed record TunnelHello(string? Authorization, string? EnvironmentId, string? TunnelName, bool SupportsDrain)
{
    private const string AuthorizationHeader = "authorization";

    /// <summary>Reads it; null when the answer is not one of a tunnel's client.</summary>
    public static TunnelHello? Of(RelayedAnswer answer) => answer.Status != (int)HttpStatusCode.OK
        ? null
        : new TunnelHello(
            Single(answer.Fields, AuthorizationHeader),
            Single(answer.Fields, TunnelProtocol.EnvironmentHeader),
            Single(answer.Fields, TunnelProtocol.NameHeader),
            Single(answer.Fields, TunnelProtocol.DrainHeader) == "true");

    /// <summary>Leaves the credential out.</summary>
    public override string ToString() => $"{EnvironmentId}/{TunnelName}";

    private static string? Single(HeaderFields fields, string name) =>
        fields.Single(Encoding.ASCII.GetBytes(name)) is var index and >= 0 ? Encoding.Latin1.GetString(fields.Value(index)) : null;
}
