using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests;

public sealed class EnvironmentUrlsTests(SharedCloud shared)
{
    [Fact]
    public async Task An_environment_with_ports_of_its_own_is_reached_on_them()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var description = await environment.Grain.DescribeAsync();

        var urls = shared.Cloud.Services.GetRequiredService<EnvironmentUrls>().Of(description!);

        Assert.Equal($"http://127.0.0.1:{environment.Own.Ingress}", urls.IngressBaseUrl);
        Assert.Equal($"http://127.0.0.1:{environment.Own.Admin}", urls.AdminBaseUrl);
        Assert.Equal($"http://127.0.0.1:{shared.Cloud.Ports.TunnelProxy}", urls.ProxyBaseUrl);
        Assert.Equal("tunnel.local.localhost", urls.TunnelSrv);
    }

    [Fact]
    public async Task An_environment_without_is_reached_by_its_host_name()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var description = await environment.Grain.DescribeAsync();

        var urls = shared.Cloud.Services.GetRequiredService<EnvironmentUrls>().Of(description! with { LoopbackPorts = null });

        Assert.Equal($"http://{environment.HostName}:{shared.Cloud.Ports.Ingress}", urls.IngressBaseUrl);
        Assert.Equal($"http://{environment.HostName}:{shared.Cloud.Ports.Admin}", urls.AdminBaseUrl);
    }
}
