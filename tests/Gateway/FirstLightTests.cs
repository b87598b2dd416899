using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests;

public sealed class FirstLightTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_request_with_a_key_reaches_the_environment_in_the_clients_protocol(int major)
    {
        await using var upstream = await TestUpstream.StartAsync(context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Path}"));
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync(), version: new Version(major, major == 1 ? 1 : 0));

        var answer = await client.GetStringAsync("/Greeter/greet", TestContext.Current.CancellationToken);

        Assert.Equal(major == 1 ? "HTTP/1.1 /Greeter/greet" : "HTTP/2 /Greeter/greet", answer);
    }
}
