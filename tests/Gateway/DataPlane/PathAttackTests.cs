using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.Tests.DataPlane;

/// <summary>Spellings of paths that a role forbids, on the wire. Whatever the answer is, the environment must not see the request.</summary>
public sealed class PathAttackTests(SharedCloud shared)
{
    private static readonly string[] IngressTricks =
    [
        "/Greeter/greet", "/Greeter/greet/", "/Cart/k/add", "/Greeter/greet/send", "/restate/call/Greeter/greet", "/restate/attach/inv_1",
        "/restate/health", "/restate/lookup", "/openapi/x", "/restate/awakeables/../../Greeter/greet", "/restate/awakeables/x/resolve/../../../../Greeter/greet",
        "/restate/awakeables/%2e%2e/%2e%2e/Greeter/greet", "/restate/awakeables/..%2f..%2fGreeter%2fgreet/resolve",
        "/restate/awakeables/x%2fresolve", "/restate/awakeables//resolve", "//restate/awakeables/x/resolve", "/restate//awakeables/x/resolve",
        "/restate/awakeables/x/resolve/extra", "/%72estate/awakeables/x/resolve", "/restate/%61wakeables/x/resolve", "/RESTATE/awakeables/x/resolve",
        "/Restate/a/x/resolve", "/restate/awakeables/x\\..\\..\\resolve", "/restate/awakeables/x/resolve%00", "/restate/awakeables/x/resolve#", "/restate/a/x/resolve%",
        "/Greeter/greet?/restate/awakeables/x/resolve", "/Greeter/greet;/restate/awakeables/x/resolve", "/restate/awakeables/x/resolve%2f%2e%2e%2fcall",
        "http://127.0.0.1/Greeter/greet", "/restate/awakeables/" + "x/../".PadRight(30, 'x') + "/resolve",
    ];

    private static readonly string[] AdminTricks =
    [
        "/deployments", "/v3/deployments", "/query", "/V3/query", "/v2/../query", "//query", "/query/", "/%71uery", "/v3%2fquery", "/health", "/ui/..%2f", "/",
        "/restate/awakeables/x/resolve", "/restate/a/x/resolve", "/v3/restate/awakeables/x/resolve",
    ];

    public static TheoryData<ApiKeyRole> Roles => [.. Enum.GetValues<ApiKeyRole>()];

    [Theory]
    [InlineData(ApiKeyRole.CompleteAwakeableAccess)]
    [InlineData(ApiKeyRole.AdminAccess)]
    [InlineData(ApiKeyRole.TunnelAccess)]
    public Task No_spelling_reaches_the_ingress_beyond_a_role(ApiKeyRole role) => AttackAsync(role, PortRole.Ingress, IngressTricks);

    [Theory]
    [InlineData(ApiKeyRole.CompleteAwakeableAccess)]
    [InlineData(ApiKeyRole.IngressAccess)]
    [InlineData(ApiKeyRole.TunnelAccess)]
    public Task No_spelling_reaches_the_admin_api_beyond_a_role(ApiKeyRole role) => AttackAsync(role, PortRole.Admin, AdminTricks);

    [Fact]
    public async Task What_the_role_allows_does_get_through()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync(ApiKeyRole.CompleteAwakeableAccess);

        Assert.Equal(200, RawConnection.StatusOf(await SendAsync(environment.Own.Ingress, key, "POST", "/restate/awakeables/sign_1abc/resolve")));
        Assert.Equal(200, RawConnection.StatusOf(await SendAsync(environment.Own.Ingress, key, "POST", "/restate/a/prom_1abc/reject")));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task An_ambiguous_path_is_refused_to_every_role(ApiKeyRole role)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync(role);

        foreach (var target in new[] { "/a/../b", "/a/%2e%2e/b", "/a//b", "/a%2fb/c", "/a%5cb/c", "/a%00/b", "/a%zz/b", "/%72estate/lookup" })
        {
            Assert.Equal(400, RawConnection.StatusOf(await SendAsync(environment.Own.Ingress, key, "GET", target)));
        }
    }

    private async Task AttackAsync(ApiKeyRole role, PortRole port, string[] targets)
    {
        var echo = new EchoUpstream();
        await using var upstream = await TestUpstream.StartAsync(echo.HandleAsync);
        var environment = await shared.CreateEnvironmentAsync();
        shared.Cloud.Provisioner.Set(environment.Id, Grains.Provisioning.EnvironmentPhase.Ready, upstream.Address, "");
        await environment.Grain.ReconcileAsync(TestContext.Current.CancellationToken);
        var key = await environment.KeyAsync(role);
        var number = port == PortRole.Admin ? environment.Own.Admin : environment.Own.Ingress;

        foreach (var target in targets)
        {
            foreach (var method in new[] { "GET", "POST", "PATCH", "OPTIONS" })
            {
                var answer = await SendAsync(number, key, method, target);
                Assert.True(RawConnection.StatusOf(answer) is 400 or 401 or 403 or 404, $"{method} {target}: {answer}");
            }
        }

        Assert.Empty(echo.Targets);
    }

    private static Task<string> SendAsync(int port, string key, string method, string target) => RawConnection.ExchangeAsync(
        port, $"{method} {target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}
