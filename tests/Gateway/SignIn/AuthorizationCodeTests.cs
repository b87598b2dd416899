using System.Net;
using RestateCloud.Gateway.Tests.ControlApi;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class AuthorizationCodeTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    [Theory]
    [InlineData(33912)]
    [InlineData(44643)]
    [InlineData(47576)]
    [InlineData(54788)]
    [InlineData(61844)]
    public async Task The_cli_signs_in_through_each_of_its_ports_and_gets_a_token_of_the_user(int port)
    {
        using var browser = new Browser(fixture.Cloud);
        var callback = $"http://localhost:{port}/callback";
        const string State = "a b&c=\"<d>'é+";

        var page = await browser.GetAsync(Browser.LoginPath(callback, State));
        var landed = await browser.SubmitAsync(page, Browser.Credentials());
        Assert.Equal(HttpStatusCode.SeeOther, landed.Status);
        Assert.Equal(callback, landed.Location!.GetLeftPart(UriPartial.Path));
        Assert.Equal(State, landed.LocationParameter("state"));
        Assert.Contains($"form-action 'self' http://localhost:{port};", page.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);

        var answer = await RedeemAsync(browser, landed.LocationParameter("code")!, callback);
        Assert.Equal("Bearer", (string)answer.Json["token_type"]!);
        using var api = ApiClient.With(fixture.Cloud, (string)answer.Json["access_token"]!);
        Assert.Equal(fixture.UserId, (string)(await api.CallAsync("/cloud/GetUserIdentity"))["userId"]!);
    }

    [Theory]
    [InlineData("http://localhost:44643/callback/")]
    [InlineData("http://localhost:44643/callback?x=1")]
    [InlineData("http://localhost:44644/callback")]
    [InlineData("https://localhost:44643/callback")]
    [InlineData("http://127.0.0.1:44643/callback")]
    [InlineData("http://localhost:44643@evil.example/callback")]
    [InlineData("http://localhost.evil.example:44643/callback")]
    [InlineData("http://LOCALHOST:44643/callback")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task Nobody_is_redirected_anywhere_but_to_the_cli(string redirectUri)
    {
        using var browser = new Browser(fixture.Cloud);
        var page = await browser.GetAsync(Browser.LoginPath());

        var shown = await browser.GetAsync(Browser.LoginPath(redirectUri));
        var submitted = await browser.SubmitAsync(page, new(Browser.Credentials()) { ["redirect_uri"] = redirectUri });

        foreach (var answer in new[] { shown, submitted })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Null(answer.Location);
            Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_request_of_another_client_or_kind_or_with_a_parameter_twice_is_refused()
    {
        using var browser = new Browser(fixture.Cloud);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(Browser.LoginPath(clientId: "other"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(Browser.LoginPath(responseType: "token"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(Browser.LoginPath() + "&redirect_uri=https://evil.example")).Status);
    }

    [Fact]
    public async Task A_code_is_good_once_and_only_for_whom_it_was_made()
    {
        using var browser = new Browser(fixture.Cloud);
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(browser, await CodeAsync(browser) is var used ? used : "")).Status);
        Assert.Equal("invalid_grant", (await RedeemAsync(browser, used)).Error);

        var shown = await CodeAsync(browser);
        Assert.Equal("invalid_grant", (await RedeemAsync(browser, shown, "http://localhost:33912/callback")).Error);
        Assert.Equal("invalid_grant", (await RedeemAsync(browser, shown)).Error);

        Assert.Equal("invalid_grant", (await RedeemAsync(browser, "made-up")).Error);
        Assert.Equal("invalid_client", (await RedeemAsync(browser, await CodeAsync(browser), clientId: "other")).Error);
        Assert.Equal("unsupported_grant_type", (await RedeemAsync(browser, "x", grantType: "password")).Error);
        Assert.Equal("invalid_request", (await browser.PostAsync("/oauth2/token", [])).Error);
    }

    [Fact]
    public async Task Many_redemptions_at_once_give_one_token()
    {
        using var browser = new Browser(fixture.Cloud);
        var code = await CodeAsync(browser);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RedeemAsync(browser, code)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    [InlineData("http://127.0.0.1", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    public async Task A_form_that_another_site_sends_is_refused(string? origin, string? fetchSite)
    {
        using var browser = new Browser(fixture.Cloud);
        var page = await browser.GetAsync(Browser.LoginPath());

        var answer = await browser.SubmitAsync(page, Browser.Credentials(), origin, fetchSite);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
    }

    [Fact]
    public async Task The_page_holds_nothing_foreign_and_escapes_what_it_was_given()
    {
        using var browser = new Browser(fixture.Cloud);

        var page = await browser.GetAsync(Browser.LoginPath(state: "\"><script>alert(1)</script>"));
        var again = await browser.SubmitAsync(page, Browser.Credentials("\"><img src=x onerror=alert(1)>", "wrong"));

        foreach (var answer in new[] { page, again })
        {
            Assert.DoesNotContain("<script", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", answer.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("wrong\"", answer.Text, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", answer.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    private static async Task<string> CodeAsync(Browser browser) =>
        (await browser.SubmitAsync(await browser.GetAsync(Browser.LoginPath()), Browser.Credentials())).LocationParameter("code")!;

    private static Task<Answer> RedeemAsync(
        Browser browser, string code, string redirectUri = Browser.Callback, string clientId = "restate-cli", string grantType = "authorization_code") =>
        browser.PostAsync("/oauth2/token", new Dictionary<string, string>
        {
            ["grant_type"] = grantType, ["client_id"] = clientId, ["code"] = code, ["redirect_uri"] = redirectUri,
        });
}
