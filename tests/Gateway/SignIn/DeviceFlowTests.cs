using System.Net;
using RestateCloud.Gateway.Tests.ControlApi;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class DeviceFlowTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    [Fact]
    public async Task A_device_gets_its_users_token_once()
    {
        await using var cloud = await SignInFixture.StartAsync(fixture.UserId, new() { ["SignIn:DeviceIntervalSeconds"] = "1" });
        using var browser = new Browser(cloud);
        var device = (await browser.PostAsync("/user_management/authorize/device", [new("client_id", "restate-cli")])).Json;
        foreach (var field in new[] { "device_code", "user_code", "verification_uri", "verification_uri_complete" }) Assert.NotEmpty((string)device[field]!);
        Assert.Equal((600, 1), ((int)device["expires_in"]!, (int)device["interval"]!));
        var deviceCode = (string)device["device_code"]!;

        Assert.Equal("authorization_pending", (await AskAsync(browser, deviceCode)).Error);
        Assert.Equal("slow_down", (await AskAsync(browser, deviceCode)).Error);
        var page = await browser.GetAsync((string)device["verification_uri_complete"]!);
        Assert.Contains($"value=\"{device["user_code"]}\"", page.Text, StringComparison.Ordinal);
        var done = await browser.SubmitAsync(page, Browser.Credentials());
        Assert.Contains("You are signed in", done.Text, StringComparison.Ordinal);

        var answer = await TestSupport.Eventually.GetAsync(
            async () => await AskAsync(browser, deviceCode) is { Status: HttpStatusCode.OK } answer ? answer : await PauseAsync(), "the device is let in");
        using var api = ApiClient.With(cloud, (string)answer.Json["access_token"]!);
        Assert.Equal(fixture.UserId, (string)(await api.CallAsync("/cloud/GetUserIdentity"))["userId"]!);
        Assert.Equal("invalid_grant", (await AskAsync(browser, deviceCode)).Error);

        // A second is the interval that the device was told.
        static async Task<Answer?> PauseAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            return null;
        }
    }

    [Theory]
    [InlineData("BCDF-GHJK")]
    [InlineData("")]
    [InlineData("AAAA-AAAA")]
    [InlineData("<script>")]
    public async Task A_code_under_which_no_device_waits_is_refused(string userCode)
    {
        using var browser = new Browser(fixture.Cloud);

        var answer = await browser.SubmitAsync(await browser.GetAsync("/device"), new(Browser.Credentials()) { ["user_code"] = userCode });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("No command line waits for this code", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_nobody_learns_whether_a_device_waits()
    {
        using var browser = new Browser(fixture.Cloud);
        var device = (await browser.PostAsync("/user_management/authorize/device", [new("client_id", "restate-cli")])).Json;
        var page = await browser.GetAsync("/device");

        var waiting = await browser.SubmitAsync(page, new(Browser.Credentials(password: "wrong")) { ["user_code"] = (string)device["user_code"]! });
        var none = await browser.SubmitAsync(page, new(Browser.Credentials(password: "wrong")) { ["user_code"] = "BCDF-GHJK" });

        Assert.Equal(HttpStatusCode.Forbidden, waiting.Status);
        Assert.Equal(waiting.Text.Replace((string)device["user_code"]!, ""), none.Text.Replace("BCDF-GHJK", ""));
        Assert.Equal("authorization_pending", (await AskAsync(browser, (string)device["device_code"]!)).Error);
    }

    [Fact]
    public async Task A_form_from_another_site_lets_no_device_in()
    {
        using var browser = new Browser(fixture.Cloud);
        var device = (await browser.PostAsync("/user_management/authorize/device", [new("client_id", "restate-cli")])).Json;
        var page = await browser.GetAsync((string)device["verification_uri_complete"]!);

        var answer = await browser.SubmitAsync(page, Browser.Credentials(), "https://evil.example");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("authorization_pending", (await AskAsync(browser, (string)device["device_code"]!)).Error);
    }

    [Fact]
    public async Task Unknown_devices_clients_and_grants_are_refused_in_oauths_words()
    {
        using var browser = new Browser(fixture.Cloud);

        Assert.Equal("invalid_client", (await browser.PostAsync("/user_management/authorize/device", [new("client_id", "other")])).Error);
        Assert.Equal("invalid_grant", (await AskAsync(browser, "made-up")).Error);
        Assert.Equal("invalid_client", (await AskAsync(browser, "made-up", clientId: "other")).Error);
        Assert.Equal("unsupported_grant_type", (await AskAsync(browser, "made-up", grantType: "authorization_code")).Error);
        Assert.Equal("invalid_request", (await browser.PostAsync("/user_management/authenticate", [])).Error);
    }

    private static Task<Answer> AskAsync(
        Browser browser, string deviceCode, string clientId = "restate-cli", string grantType = "urn:ietf:params:oauth:grant-type:device_code") =>
        browser.PostAsync("/user_management/authenticate", new Dictionary<string, string>
        {
            ["grant_type"] = grantType, ["device_code"] = deviceCode, ["client_id"] = clientId,
        });
}
