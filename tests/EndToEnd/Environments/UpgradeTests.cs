using System.Net;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.EndToEnd.Tests.Environments;

/// <summary>An environment moves to another version of restate-server.</summary>
public sealed class UpgradeTests(SharedCloud cloud)
{
    private const string Old = "1.6.2";
    private const string New = "1.7.12";

    private Tenant Alice => cloud.Alice;

    [Fact]
    public async Task A_new_version_keeps_state_invocations_keys_and_addresses()
    {
        await using var environment = await TenantEnvironment.CreateAsync(Alice, Old);
        await using var service = await NodeService.WorkbenchAsync(environment.Description.SigningPublicKey);
        await environment.RegisterAsync(service);
        await environment.Ingress.CallAsync<int>("Counter/kept/add", 5);
        var waiting = await environment.Ingress.SendToAsync("Order/kept/run/send", "book");

        await Alice.Api.UpdateEnvironmentVersionAsync(Alice.AccountId, environment.Id, New);
        var upgraded = await Alice.Api.ActiveEnvironmentAsync(Alice.AccountId, environment.Id);

        Assert.Equal(New, upgraded.RunningVersion);
        var version = await environment.Admin.GetStringAsync("version");
        Assert.Contains($"\"{New}\"", version);
        Assert.Contains($"\"{environment.Description.IngressBaseUrl.OriginalString.TrimEnd('/')}\"", version);
        Assert.DoesNotContain("unix:", version);
        Assert.Equal(environment.Description.SigningPublicKey, upgraded.SigningPublicKey);
        Assert.Equal(5, await environment.Ingress.GetFromJsonAsync<int>("Counter/kept/total"));
        using (var paid = await environment.Ingress.PostAsJsonAsync("Order/kept/pay", "Ada")) Assert.True(paid.IsSuccessStatusCode);
        Assert.Equal("book paid by Ada", await environment.Ingress.GetFromJsonAsync<string>($"restate/invocation/{waiting.InvocationId}/attach"));
    }

    [Theory]
    [InlineData("1.5.0")]
    [InlineData("latest")]
    [InlineData("../1.6.2")]
    [InlineData("")]
    public async Task A_version_that_is_not_on_offer_is_refused(string version)
    {
        await using var environment = await TenantEnvironment.CreateAsync(Alice);

        var refused = await Assert.ThrowsAsync<ControlApiException>(() => Alice.Api.UpdateEnvironmentVersionAsync(Alice.AccountId, environment.Id, version));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(New, (await Alice.Api.DescribeEnvironmentAsync(Alice.AccountId, environment.Id)).Version);
    }

    [Fact]
    public async Task A_step_back_to_an_older_minor_version_is_refused()
    {
        await using var environment = await TenantEnvironment.CreateAsync(Alice);

        await Assert.ThrowsAsync<ControlApiException>(() => Alice.Api.UpdateEnvironmentVersionAsync(Alice.AccountId, environment.Id, Old));

        Assert.Equal(New, (await Alice.Api.ActiveEnvironmentAsync(Alice.AccountId, environment.Id)).RunningVersion);
    }
}
