using System.Net;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.SignIn;

/// <summary>Sign-in that begins at one gateway and goes on at another, as behind one address with several gateways.</summary>
public sealed class SecondGatewayTests(SignInFixture fixture) : IClassFixture<SignInFixture>, IAsyncLifetime
{
    private TestGateway _gateway = null!;
    private Browser _first = null!;
    private Browser _second = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync(fixture.Cloud.Grains, new() { ["SignIn:AttemptsPerUser"] = "4" });
        _first = new Browser(fixture.Cloud.Ports.Api);
        _second = new Browser(_gateway.Ports.Api);
    }

    public async ValueTask DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_device_begins_at_one_is_let_in_at_the_other_and_gets_its_token_once_at_either()
    {
        var device = (await _first.PostAsync("/user_management/authorize/device", [new("client_id", "restate-cli")])).Json;
        var form = await _second.GetAsync($"/device?user_code={device["user_code"]}");
        var done = await _second.SubmitAsync(form, Browser.Credentials());
        Assert.Contains("You are signed in", done.Text, StringComparison.Ordinal);

        var answers = await Task.WhenAll(new[] { _first, _second }.Select(gateway => AskAsync(gateway, (string)device["device_code"]!)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Error is "invalid_grant" or "slow_down");
    }

    [Fact]
    public async Task A_code_given_out_by_one_is_redeemed_at_the_other_once()
    {
        var landed = await _first.SubmitAsync(await _first.GetAsync(Browser.LoginPath()), Browser.Credentials());

        var answers = await Task.WhenAll(new[] { _first, _second, _first, _second }.Select(gateway => RedeemAsync(gateway, landed.LocationParameter("code")!)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(answer => answer.Error == "invalid_grant"));
    }

    [Fact]
    public async Task Attempts_on_a_user_count_at_every_gateway()
    {
        const string Email = "somebody@example.com";
        var (here, there) = (await _first.GetAsync(Browser.LoginPath()), await _second.GetAsync(Browser.LoginPath()));

        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.Forbidden, (await _first.SubmitAsync(here, Browser.Credentials(Email, "guess"))).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await _second.SubmitAsync(there, Browser.Credentials(Email, "guess"))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("zz.secret")]
    [InlineData("0a.secret")]
    [InlineData("00")]
    [InlineData("../00.secret")]
    [InlineData("00.secret")]
    public async Task A_device_code_that_nobody_gave_out_is_refused(string code) => Assert.Equal("invalid_grant", (await AskAsync(_first, code)).Error);

    private static Task<Answer> AskAsync(Browser gateway, string deviceCode) =>
        gateway.PostAsync("/user_management/authenticate", new Dictionary<string, string>
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = deviceCode, ["client_id"] = "restate-cli",
        });

    private static Task<Answer> RedeemAsync(Browser gateway, string code) =>
        gateway.PostAsync("/oauth2/token", new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["client_id"] = "restate-cli", ["redirect_uri"] = Browser.Callback,
        });
}
