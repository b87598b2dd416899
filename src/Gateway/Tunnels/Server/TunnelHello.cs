using System.Net;
using System.Net.Http.Headers;
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
    public static TunnelHello? Of(HttpResponseMessage answer) => answer.StatusCode != HttpStatusCode.OK
        ? null
        : new TunnelHello(
            Single(answer.Headers, AuthorizationHeader),
            Single(answer.Headers, TunnelProtocol.EnvironmentHeader),
            Single(answer.Headers, TunnelProtocol.NameHeader),
            Single(answer.Headers, TunnelProtocol.DrainHeader) == "true");

    /// <summary>Leaves the credential out.</summary>
    public override string ToString() => $"{EnvironmentId}/{TunnelName}";

    private static string? Single(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.Count == 1 ? values.ToString() : null;
}
