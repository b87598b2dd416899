using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RestateCloud.Provisioning.Tests.Support;

/// <summary>
/// A deployment with one virtual object, <c>Thing</c>, that describes itself to Restate and refuses every call, so that invocations of it
/// stay.
/// </summary>
internal sealed class SilentService : IAsyncDisposable
{
    private const string Manifest = """
        {"protocolMode":"REQUEST_RESPONSE","minProtocolVersion":5,"maxProtocolVersion":5,
         "services":[{"name":"Thing","ty":"VIRTUAL_OBJECT","handlers":[{"name":"touch","ty":"EXCLUSIVE"}]}]}
        """;

    private readonly WebApplication _application;

    private SilentService(WebApplication application) => _application = application;

    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<SilentService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapGet("/discover", () => Results.Text(Manifest, "application/vnd.restate.endpointmanifest.v1+json"));
        application.MapPost("/invoke/{**rest}", () => Results.StatusCode(503));
        await application.StartAsync();
        return new SilentService(application);
    }

    /// <summary>The body that registers it as a deployment.</summary>
    public JsonContent Registration => JsonContent.Create(new { uri = Url, use_http_11 = true });

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
