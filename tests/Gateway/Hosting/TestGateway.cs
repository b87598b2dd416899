using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>A gateway in a process of its own as far as caches go: it shares nothing with a cloud but its grains.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestGateway(IGrainFactory grains, Dictionary<string, string?>? settings, TierCatalog? tiers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ports:Api"] = "0", ["Ports:Ingress"] = "0", ["Ports:Admin"] = "0", ["Ports:TunnelProxy"] = "0", ["Ports:Tunnel"] = "0",
            ["Tunnels:Plain"] = "true",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(grains);
        if (tiers is not null) builder.Services.AddSingleton(tiers);
        builder.Services.AddGateway(builder.Configuration).AddSignIn();
        _application = builder.Build();
        _application.UseGateway();
        _application.MapSignIn();
    }

    public GatewayPorts Ports => _application.Services.GetRequiredService<GatewayPorts>();

    public static async Task<TestGateway> StartAsync(IGrainFactory grains, Dictionary<string, string?>? settings = null, TierCatalog? tiers = null)
    {
        var gateway = new TestGateway(grains, settings, tiers);
        await gateway._application.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}
