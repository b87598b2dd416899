using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Listening;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>A cloud with one environment, whose admin API is what a test says, and a client of it.</summary>
internal sealed class AdminTenant : IAsyncDisposable
{
    private readonly TestUpstream _upstream;

    private AdminTenant(TestUpstream upstream, TestCloud cloud, TestEnvironment environment, HttpClient admin)
    {
        _upstream = upstream;
        Cloud = cloud;
        Environment = environment;
        Admin = admin;
    }

    public TestCloud Cloud { get; }

    public TestEnvironment Environment { get; }

    public HttpClient Admin { get; }

    public static async Task<AdminTenant> StartAsync(RequestDelegate upstream)
    {
        var server = await TestUpstream.StartAsync(upstream);
        var cloud = await TestCloud.StartAsync(server.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        return new(server, cloud, environment, environment.Client(await environment.KeyAsync(), PortRole.Admin));
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Cloud.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
