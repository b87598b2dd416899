using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RestateCloud.Load.Clouds;
using RestateCloud.Load.Machine;

namespace RestateCloud.Load.Tunnels;

/// <summary>
/// A service that has its environment call it, and remembers how the environment has signed: identities cannot be made here, and those
/// that restate-server signs are good for a minute.
/// </summary>
internal sealed class SignedIdentity : IAsyncDisposable
{
    private static readonly string[] Headers = ["x-restate-signature-scheme", "x-restate-jwt-v1"];

    private readonly WebApplication _listener;
    private readonly HttpClient _admin;
    private readonly Uri _url;
    private IReadOnlyList<(string Name, string Value)> _last = [];

    private SignedIdentity(EnvironmentDescription environment, string accessToken)
    {
        var port = LoopbackPorts.Free(1)[0];
        _url = new Uri($"http://127.0.0.1:{port}");
        _admin = new HttpClient { BaseAddress = environment.AdminBaseUrl, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        _listener = builder.Build();
        _listener.Run(Remember);
    }

    public static async Task<SignedIdentity> StartAsync(EnvironmentDescription environment, string accessToken, CancellationToken cancellationToken)
    {
        var identity = new SignedIdentity(environment, accessToken);
        await identity._listener.StartAsync(cancellationToken);
        return identity;
    }

    /// <summary>The headers of a call that the environment has made just now.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> CaptureAsync(CancellationToken cancellationToken)
    {
        _last = [];
        // What becomes of the registration does not matter: the call comes first.
        using var answer = await _admin.PostAsJsonAsync("deployments", new { uri = _url, dry_run = true }, cancellationToken);
        return _last is [_, ..] captured ? captured : throw new InvalidOperationException($"No discovery: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _listener.DisposeAsync();
    }

    private Task Remember(HttpContext context)
    {
        _last = [.. Headers.Select(name => (name, context.Request.Headers[name].ToString()))];
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
