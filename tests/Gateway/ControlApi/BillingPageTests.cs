using System.Net;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class BillingPageTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task The_portal_session_leads_to_a_page_that_needs_no_token_and_links_back()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        using var api = await ApiClient.OfAsync(tenant);
        var url = (string)(await api.CallAsync(
            $"/cloud/{tenant.AccountId}/CreateStripePortalSession", new { returnUrl = "https://console.example/a?b=\"><script>&c=1#d" }))["url"]!;
        using var anonymous = Clients.To(fixture.Cloud.Ports.Api, null);

        using var response = await anonymous.GetAsync(url, TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith($"http://127.0.0.1:{fixture.Cloud.Ports.Api}/billing/{tenant.AccountId}?returnUrl=", url, StringComparison.Ordinal);
        Assert.Contains("Back to console.example</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.AccountId, page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example")]
    [InlineData("https://console.example@evil.example")]
    [InlineData("/relative")]
    public async Task A_link_back_that_is_not_plain_http_is_left_out(string returnUrl)
    {
        using var anonymous = Clients.To(fixture.Cloud.Ports.Api, null);

        var page = await anonymous.GetStringAsync(
            $"/billing/{ResourceId.New(ResourceId.Account)}?returnUrl={Uri.EscapeDataString(returnUrl)}", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Back to", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_the_same_for_accounts_that_exist_and_that_do_not_and_asks_no_grain()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        using var anonymous = Clients.To(fixture.Cloud.Ports.Api, null);
        fixture.TakeRecordedGrains();

        var real = await anonymous.GetStringAsync($"/billing/{tenant.AccountId}", TestContext.Current.CancellationToken);
        var made = await anonymous.GetStringAsync($"/billing/{ResourceId.New(ResourceId.Account)}", TestContext.Current.CancellationToken);

        Assert.Equal(real, made);
        Assert.DoesNotContain(fixture.TakeRecordedGrains(), key => key.Contains('_'));
    }
}
