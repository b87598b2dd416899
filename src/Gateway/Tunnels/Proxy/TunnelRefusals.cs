using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;

namespace RestateCloud.Gateway.Tunnels.Proxy;

/// <summary>Why the tunnel proxy refuses calls. The environment's server writes the sentence to its log, where its tenant reads it.</summary>
internal static class TunnelRefusals
{
    private const int RetryAfterSeconds = 1;

    public static readonly Refusal NotATunnelPath = new(
        StatusCodes.Status404NotFound, "path", "Paths here are /{environment id without env_}/{tunnel name}/{http or https}/{host}/{port}/…");

    public static readonly Refusal NotIdentified = new(
        StatusCodes.Status401Unauthorized,
        "identity",
        "The call is not signed by the environment whose tunnel it names: only restate-server calls services through tunnels, with its request identity.");

    public static readonly Refusal Busy = new(
        StatusCodes.Status503ServiceUnavailable, "concurrency", "The environment has as many calls in its tunnels as it may: try again.", RetryAfterSeconds);

    /// <param name="reason">What the connection to the client ended or refused with, for the service's owner to look into.</param>
    public static Refusal BrokeOff(string? reason) => new(
        StatusCodes.Status502BadGateway,
        "tunnel",
        $"The tunnel's client broke off while answering; whether the call took effect is not known. {reason}".TrimEnd());

    public static readonly Refusal Moved = new(
        StatusCodes.Status503ServiceUnavailable, "tunnel", "The tunnel's client closed the connection and did not take the call: try again.", RetryAfterSeconds);

    /// <summary>Said between gateways, and never to an environment.</summary>
    public static readonly Refusal NotHere = new(StatusCodes.Status421MisdirectedRequest, "tunnel", "No connection of the tunnel is held here.");

    public static readonly Refusal GatewayBrokeOff = new(
        StatusCodes.Status502BadGateway,
        "tunnel",
        "The gateway that the tunnel's client is connected to broke off while answering; whether the call took effect is not known.");

    public static readonly Refusal Silent = new(
        StatusCodes.Status504GatewayTimeout, "tunnel", "The service behind the tunnel was silent for too long; whether the call took effect is not known.");

    /// <summary>No client has ever opened the tunnel.</summary>
    public static Refusal Unknown(string name, IReadOnlyList<string> others) => new(
        StatusCodes.Status404NotFound,
        "tunnel",
        others.Count == 0
            ? $"This environment has no tunnel '{name}', and no other is open here."
            : $"This environment has no tunnel '{name}'; open are: {string.Join(", ", others)}.");

    /// <summary>It is known and no client is connected.</summary>
    public static Refusal Away(string name) => new(
        StatusCodes.Status503ServiceUnavailable,
        "tunnel",
        $"No client of the tunnel '{name}' is connected at the moment: start 'restate cloud env tunnel --tunnel-name {name}'.",
        RetryAfterSeconds);
}
