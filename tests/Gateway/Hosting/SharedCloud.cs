using RestateCloud.Gateway.Tests.Hosting;

[assembly: AssemblyFixture(typeof(SharedCloud))]

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>One cloud for all tests that need no settings of their own; each makes its own tenant and environments.</summary>
public sealed class SharedCloud : IAsyncLifetime
{
    private TestUpstream _upstream = null!;

    internal EchoUpstream Echo { get; } = new();

    internal TestCloud Cloud { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync(Echo.HandleAsync);
        Cloud = await TestCloud.StartAsync(_upstream.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    internal async Task<TestEnvironment> CreateEnvironmentAsync() => await (await Cloud.CreateTenantAsync()).CreateEnvironmentAsync();
}
