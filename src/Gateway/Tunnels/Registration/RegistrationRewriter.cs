using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Errors;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Tunnels.Registration;

/// <summary>Has <c>POST /deployments</c> register the proxy's address in place of <c>tunnel://…</c>, which restate-server does not know.</summary>
internal sealed class RegistrationRewriter(IGrainFactory grains, EnvironmentUrls urls)
{
    private const string Uri = "uri";

    /// <summary>Genuine ones have an address and a few headers; a larger body passes as it is.</summary>
    private const int MaximumLength = 64 * 1024;

    private static readonly Refusal BadAddress = new(
        StatusCodes.Status400BadRequest, "tunnel", $"The address must be tunnel://NAME:PORT, the name {TunnelName.Rule}.");

    /// <summary>Rewrites the request's body where it is to be rewritten.</summary>
    /// <returns>Null, or why the request is refused.</returns>
    public async ValueTask<Refusal?> RewriteAsync(HttpRequest request, string environmentId, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or > MaximumLength) return null;
        var body = new byte[request.ContentLength.Value];
        try
        {
            await request.Body.ReadExactlyAsync(body, cancellationToken);
        }
        catch (IOException e)
        {
            return e is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } ? Refusals.SlowBody : Refusals.BadBody;
        }

        if (Read(body) is { } registration && AddressIn(registration) is { } address && TunnelAddress.IsTunnel(address))
        {
            var environment = await grains.GetGrain<IEnvironmentGrain>(environmentId).DescribeAsync(cancellationToken);
            if (environment is null) return Refusals.NoEnvironment;
            if (TunnelAddress.ToProxy(address, urls.Of(environment).ProxyBaseUrl, environmentId) is not { } rewritten) return BadAddress;
            registration[Uri] = rewritten;
            body = JsonSerializer.SerializeToUtf8Bytes(registration);
        }

        request.Body = new MemoryStream(body, writable: false);
        request.ContentLength = body.Length;
        return null;
    }

    private static string? AddressIn(JsonObject registration) =>
        registration[Uri] is JsonValue value && value.TryGetValue<string>(out var address) ? address : null;

    // What is not JSON is for restate-server to answer.
    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
