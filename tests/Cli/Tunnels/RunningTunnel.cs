using System.Net;
using RestateCloud.Cli.Tunnels;
using RestateCloud.Cli.Tunnels.Connecting;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Protocols.Identity;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>The client's end, running, with an environment's key that the test holds.</summary>
internal sealed class RunningTunnel : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private RunningTunnel(TestTunnelServer server, string? authority)
    {
        Signer = CallSigner.Create();
        KnownKeys = KeysOf(Signer);
        var address = TunnelServer.Parse($"localhost:{server.Port}")!;
        var trust = ServerTrust.Only(authority ?? server.Authority, "the test");
        var target = new TunnelTarget("env_1", "a-token", KnownKeys, [address], trust, null, _ => Task.FromResult(KnownKeys));
        var arguments = new TunnelArguments(null, "laptop", [], true, [], null, 1);
        Ended = new TunnelSession(target, "laptop", arguments, Activity).RunAsync(_stop.Token);
    }

    /// <summary>The environment.</summary>
    public CallSigner Signer { get; }

    /// <summary>What the API says the environment's keys are.</summary>
    public IdentityKeySet KnownKeys { get; set; }

    public TunnelActivity Activity { get; } = new();

    /// <summary>How the session ends.</summary>
    public Task Ended { get; }

    public static RunningTunnel Start(TestTunnelServer server, string? authority = null) => new(server, authority);

    public static IdentityKeySet KeysOf(params CallSigner[] signers) => new(signers.Select(signer => (signer.PublicKey, (DateTimeOffset?)null)));

    /// <summary>A call as restate-server makes it.</summary>
    public async Task<HttpResponseMessage> CallAsync(
        AcceptedConnection connection,
        string path,
        string? token,
        HttpContent? content = null,
        string? version = null,
        CancellationToken? cancellationToken = null,
        HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, AcceptedHandler.Origin + path)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        if (token is not null)
        {
            request.Headers.Add(RequestIdentityHeaders.SchemeName, RequestIdentityHeaders.Scheme);
            request.Headers.TryAddWithoutValidation(RequestIdentityHeaders.TokenName, token);
        }

        if (version is not null) request.Headers.Add("x-restate-tunnel-http-version", version);
        return await connection.Invoker.SendAsync(request, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to end.</summary>
    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Ended);
        _stop.Dispose();
    }
}
