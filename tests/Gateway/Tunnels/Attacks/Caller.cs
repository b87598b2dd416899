using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels.Attacks;

/// <summary>An environment that calls services behind its tunnels.</summary>
internal sealed class Caller : IDisposable
{
    private const string Invoke = "/invoke/Greeter/greet";

    private readonly TestEnvironment _environment;
    private readonly CallSigner _identity;
    private readonly HttpClient _client;

    private Caller(TestEnvironment environment, CallSigner identity, int port, Version version)
    {
        (_environment, _identity) = (environment, identity);
        _client = Clients.To(port, null, version);
    }

    /// <param name="environment">The environment.</param>
    /// <param name="port">The proxy of the gateway to call through; that of the environment's cloud unless given.</param>
    /// <param name="version">What it speaks; HTTP/2 unless given.</param>
    public static async Task<Caller> OfAsync(TestEnvironment environment, int? port = null, Version? version = null) =>
        new(environment, await TestIdentity.OfAsync(environment), port ?? environment.Cloud.Ports.TunnelProxy, version ?? HttpVersion.Version20);

    /// <summary>The path of a call.</summary>
    public string PathTo(string tunnel) => $"/{ResourceId.Bare(_environment.Id)}/{tunnel}/http/localhost/9080{Invoke}";

    /// <summary>What shows that the environment makes it.</summary>
    public (string, string)[] Identity() => [("x-restate-signature-scheme", "v1"), ("x-restate-jwt-v1", _identity.Token(Invoke))];

    public async Task<HttpResponseMessage> CallAsync(
        string tunnel, HttpContent? content = null, string query = "", CancellationToken? cancellationToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PathTo(tunnel) + query)
        {
            Version = _client.DefaultRequestVersion, VersionPolicy = _client.DefaultVersionPolicy, Content = content,
        };
        foreach (var (name, value) in Identity()) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
