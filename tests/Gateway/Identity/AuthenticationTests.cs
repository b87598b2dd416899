using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Tokens;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Identity;

public sealed class AuthenticationTests(SharedCloud shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ITokenIssuerGrain Issuer => shared.Cloud.Grains.GetGrain<ITokenIssuerGrain>(ITokenIssuerGrain.Key);

    [Theory]
    [InlineData("")]
    [InlineData("authorization: \r\n")]
    [InlineData("authorization: Bearer\r\n")]
    [InlineData("authorization: Bearer \r\n")]
    [InlineData("authorization: Basic a2V5OnNlY3JldA==\r\n")]
    [InlineData("authorization: Bearer nonsense\r\n")]
    [InlineData("authorization: Bearer a.b.c\r\n")]
    [InlineData("authorization: Bearer key_x.y\r\n")]
    [InlineData("authorization: Bearer {key} {key}\r\n")]
    [InlineData("authorization: Bearer {key}, Bearer {key}\r\n")]
    [InlineData("authorization: Bearer {key}\r\nauthorization: Bearer {key}\r\n")]
    [InlineData("authorization: Bearer {key}\r\nAuthorization: Bearer nonsense\r\n")]
    [InlineData("x-authorization: Bearer {key}\r\n")]
    [InlineData("cookie: authorization={key}\r\n")]
    public async Task Without_exactly_one_good_credential_the_answer_is_401(string header)
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();

        foreach (var port in new[] { environment.Own.Ingress, environment.Own.Admin })
        {
            var answer = await RawConnection.ExchangeAsync(
                port, $"GET /restate/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{header.Replace("{key}", key)}\r\n");

            Assert.Equal(401, RawConnection.StatusOf(answer));
            Assert.Contains("WWW-Authenticate: Bearer", answer);
            Assert.DoesNotContain(key, answer);
        }
    }

    [Fact]
    public async Task An_error_is_in_the_form_of_the_ingress()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(null);

        using var answer = await client.GetAsync("/Greeter/greet", Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.Unauthorized, "Credentials are missing");
        Assert.Equal("ingress", answer.Headers.GetValues("x-restate-error-source").Single());
        Assert.Contains("\"source\":\"ingress\"", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_key_with_another_secret_is_refused()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var good = environment.Client(key);
        using var forged = environment.Client(ApiKeySecret.New(ApiKeySecret.KeyIdOf(key)!));
        using var cut = environment.Client(key[..^1]);

        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await forged.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await cut.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task What_a_connection_remembers_of_a_good_key_lends_nothing_to_a_bad_one()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var good = await environment.KeyAsync();
        var forged = ApiKeySecret.New(ApiKeySecret.KeyIdOf(good)!);

        var requests = new[] { good, good, forged, good, forged, $"{good[..^1]}!" }.Select(
            key => $"GET /Greeter/greet HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n\r\n");
        var answer = await RawConnection.ExchangeAsync(
            environment.Own.Ingress, string.Concat(requests) + "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");

        Assert.Equal(["200", "200", "401", "200", "401", "401", "401"], Regex.Matches(answer, "HTTP/1.1 ([0-9]{3})").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task A_key_that_does_not_exist_is_refused_in_the_words_of_a_revoked_one()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        await environment.Grain.DeleteApiKeyAsync(ApiKeySecret.KeyIdOf(key)!);
        using var revoked = environment.Client(key);
        using var unknown = environment.Client(ApiKeySecret.New(ResourceId.New(ResourceId.ApiKey)));

        var answers = new[] { await revoked.GetAsync("/Greeter/greet", Cancellation), await unknown.GetAsync("/Greeter/greet", Cancellation) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(await answers[0].Content.ReadAsStringAsync(Cancellation), await answers[1].Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_moment_that_revoking_has_returned()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var client = environment.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);

        await environment.Grain.DeleteApiKeyAsync(ApiKeySecret.KeyIdOf(key)!);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_key_is_refused_from_its_expiry_on()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var expiry = DateTimeOffset.UtcNow.AddSeconds(1);
        using var client = environment.Client(await environment.KeyAsync(expiresAt: expiry));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);

        await Eventually.HoldsAsync(() => DateTimeOffset.UtcNow > expiry, "it has expired");

        await ErrorAssert.IsAsync(await client.GetAsync("/Greeter/greet", Cancellation), HttpStatusCode.Unauthorized, "has expired");
    }

    [Fact]
    public async Task A_keys_use_is_reported()
    {
        var environment = await shared.CreateEnvironmentAsync();
        var key = await environment.KeyAsync();
        using var client = environment.Client(key);
        await client.GetAsync("/Greeter/greet", Cancellation);

        await Eventually.HoldsAsync(
            async () => (await environment.Grain.DescribeApiKeyAsync(ApiKeySecret.KeyIdOf(key)!))!.LastUsedAt is not null, "its last use is known");
    }

    [Fact]
    public async Task An_owners_token_opens_everything_in_the_environment()
    {
        var tenant = await shared.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        var token = await tenant.TokenAsync();
        using var ingress = environment.Client(token);
        using var admin = environment.Client(token, PortRole.Admin);

        Assert.Equal(HttpStatusCode.OK, (await ingress.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync("/deployments/dp_1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ingress.GetAsync("/restate/not-documented", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_forged_token_is_refused()
    {
        var tenant = await shared.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        var genuine = await tenant.TokenAsync();
        var key = (await Issuer.GetPublicKeysAsync())[0];
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var claims = Forge.Claims(tenant.UserId);
        string[] forgeries =
        [
            Forge.SignedBy(ownKey, key.KeyId, claims),
            Forge.SignedBy(ownKey, "unknown", claims),
            Forge.Unsigned("none", null, claims),
            Forge.Unsigned("none", key.KeyId, claims),
            Forge.Unsigned("None", key.KeyId, claims),
            Forge.Unsigned("ES256", key.KeyId, claims),
            Forge.SignedWithPublicKey(key, claims),
            Forge.WithPayload(genuine, Forge.Claims(tenant.UserId, expiresIn: 36000)),
            genuine[..^4],
            genuine + "AAAA",
            genuine.Replace('.', '_'),
            $"{genuine}.{genuine}",
        ];

        foreach (var forgery in forgeries)
        {
            using var client = environment.Client(forgery);
            using var answer = await client.GetAsync("/Greeter/greet", Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{answer.StatusCode} {forgery}");
        }
    }

    [Fact]
    public async Task A_tampered_token_is_refused_also_after_the_genuine_one_was_seen()
    {
        var tenant = await shared.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        var genuine = await tenant.TokenAsync();
        using var good = environment.Client(genuine);
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/Greeter/greet", Cancellation)).StatusCode);

        var at = genuine.LastIndexOf('.') - 10;
        using var tampered = environment.Client(genuine[..at] + (genuine[at] == 'A' ? 'B' : 'A') + genuine[(at + 1)..]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await tampered.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_token_is_refused_from_its_expiry_on()
    {
        var tenant = await shared.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        var token = await Issuer.IssueAsync(tenant.UserId, TimeSpan.FromSeconds(2));
        using var client = environment.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode);

        await Eventually.HoldsAsync(
            async () => (await client.GetAsync("/Greeter/greet", Cancellation)).StatusCode == HttpStatusCode.Unauthorized, "it is refused");

        await ErrorAssert.IsAsync(await client.GetAsync("/Greeter/greet", Cancellation), HttpStatusCode.Unauthorized, "has expired");
    }

    [Fact]
    public async Task Who_floods_with_bad_credentials_is_held_back_and_who_is_known_is_not()
    {
        await using var upstream = await TestUpstream.StartAsync(new EchoUpstream().HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var known = environment.Client(await environment.KeyAsync());
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
        using var flood = Clients.To(environment.Own.Ingress, null);

        HttpStatusCode last = 0;
        for (var i = 0; i < 300 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/Greeter/greet");
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {ApiKeySecret.New(ResourceId.New(ResourceId.ApiKey))}");
            using var answer = await flood.SendAsync(request, Cancellation);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await known.GetAsync("/Greeter/greet", Cancellation)).StatusCode);
    }
}
