using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class DiscoveryTests(SignInFixture fixture) : IClassFixture<SignInFixture>
{
    [Fact]
    public async Task The_configuration_is_read_without_a_token_and_names_only_what_there_is()
    {
        using var browser = new Browser(fixture.Cloud);

        var config = (await browser.GetAsync("/.auth-config")).Json;

        Assert.Equal("""{"client_id":"restate-cli"}""", config.ToJsonString());
    }

    [Fact]
    public async Task With_an_https_login_the_configuration_is_what_cli_1_6_wants()
    {
        await using var cloud = await TestCloud.StartAsync(settings: new() { ["SignIn:LoginBaseUrl"] = "https://login.example/" });
        using var browser = new Browser(cloud);

        var config = (await browser.GetAsync("/.auth-config")).Json;

        Assert.Equal(
            """{"client_id":"restate-cli","provider":"cognito","login_base_url":"https://login.example"}""", config.ToJsonString());
    }

    [Fact]
    public async Task Access_tokens_verify_with_the_published_keys()
    {
        using var browser = new Browser(fixture.Cloud);
        var token = await (await fixture.Cloud.CreateTenantAsync()).TokenAsync();

        var answer = await browser.GetAsync("/.well-known/jwks.json");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("\"d\"", answer.Text, StringComparison.Ordinal);
        var verified = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "restate-cloud",
            ValidAudience = "restate-cloud",
            IssuerSigningKeys = new JsonWebKeySet(answer.Text).GetSigningKeys(),
        });
        Assert.True(verified.IsValid, verified.Exception?.Message);
    }
}
