using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>Calls through the proxy while the key that they are signed with changes; the last key is the attacker's afterwards.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private const string Path = "/discover";
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    private TestCloud _cloud = null!;
    private TestEnvironment _environment = null!;
    private CallSigner _last = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await TestCloud.StartAsync(configure: services => services.Configure<RequestIdentityOptions>(identity => identity.Overlap = Overlap));
        _environment = await (await _cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        _last = await TestIdentity.OfAsync(_environment);
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Both_keys_are_accepted_during_the_overlap_and_the_last_is_refused_for_good_after_it()
    {
        Assert.True(await PassesAsync(_last));

        var present = await RotateAsync();

        Assert.NotEqual(_last.PublicKey, present.PublicKey);
        Assert.True(await PassesAsync(_last));
        Assert.True(await PassesAsync(present));

        await Eventually.HoldsAsync(async () => !await PassesAsync(_last), "the last key is refused");
        Assert.True(await PassesAsync(present));
        await Eventually.HoldsAsync(
            async () => (await _environment.Grain.DescribeAsync())!.Events.Any(e => e.Reason == "IdentityKeyRetired"),
            "the last key is forgotten");
        Assert.False(await PassesAsync(_last));
        Assert.False(await PassesAsync(_last with { PublicKey = present.PublicKey }));
    }

    [Fact]
    public async Task A_gateway_that_can_ask_nobody_refuses_the_last_key_in_time()
    {
        await using var alone = await TestGateway.StartAsync(_cloud.Grains);
        var present = await RotateAsync();
        Assert.True(await PassesAsync(present, alone.Ports.TunnelProxy));
        await _cloud.StopAsync();

        await Eventually.HoldsAsync(async () => !await PassesAsync(_last, alone.Ports.TunnelProxy), "the last key is refused");

        Assert.True(await PassesAsync(present, alone.Ports.TunnelProxy));
    }

    private async Task<CallSigner> RotateAsync()
    {
        var next = await _environment.Grain.BeginIdentityRotationAsync(null);
        await _environment.Grain.CompleteIdentityRotationAsync(next);
        await Eventually.HoldsAsync(
            async () => await _environment.Grain.DescribeAsync() is { Status: EnvironmentStatus.Active } d && d.SigningPublicKey == next, "it is in use");
        return await TestIdentity.OfAsync(_environment);
    }

    /// <summary>Whether the proxy takes a call for the environment's: it then says that there is no such tunnel.</summary>
    private async Task<bool> PassesAsync(CallSigner identity, int? port = null)
    {
        using var client = Clients.To(port ?? _cloud.Ports.TunnelProxy, null, HttpVersion.Version20);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{ResourceId.Bare(_environment.Id)}/laptop/http/localhost/9080{Path}")
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        request.Headers.Add("x-restate-signature-scheme", "v1");
        request.Headers.Add("x-restate-jwt-v1", identity.Token(Path));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable });
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }
}
