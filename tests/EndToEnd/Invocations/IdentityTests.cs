using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RestateCloud.EndToEnd.Tests.Clouds;
using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.EndToEnd.Tests.Invocations;

/// <summary>What a service can rely on, and what it and its environment never get to see.</summary>
public sealed class IdentityTests(Workbench workbench, SharedCloud cloud) : IClassFixture<Workbench>
{
    [Fact]
    public async Task A_service_refuses_an_environment_whose_key_it_does_not_know()
    {
        await using var other = await TenantEnvironment.CreateAsync(cloud.Alice);

        using var registered = await other.Admin.PostAsJsonAsync("deployments", new { uri = workbench.Service.Url });

        Assert.False(registered.IsSuccessStatusCode);
        Assert.Contains("401", await registered.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_service_refuses_a_caller_without_a_signature()
    {
        using var anybody = new HttpClient { BaseAddress = workbench.Service.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, "discover") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await anybody.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task No_credential_reaches_the_journal_or_the_handler()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Bench/headers");
        request.Headers.Add("x-canary", "seen");
        using var response = await workbench.Environment.Ingress.SendAsync(request);
        var headers = await response.Content.ReadFromJsonAsync<Dictionary<string, string>>();
        Assert.Equal("seen", headers!["x-canary"]);
        Assert.DoesNotContain("authorization", headers.Keys);

        var journal = JsonSerializer.Serialize(await workbench.Environment.QueryAsync("select * from sys_journal"));

        Assert.Contains("x-canary", journal);
        Assert.DoesNotContain("authorization", journal, StringComparison.OrdinalIgnoreCase);
        foreach (var spelling in SpellingsOf(workbench.Environment.FullKey)) Assert.DoesNotContain(spelling, journal, StringComparison.OrdinalIgnoreCase);
    }

    // Binary columns come as text in hex or base64.
    private static IEnumerable<string> SpellingsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret[(secret.IndexOf('.') + 1)..]);
        yield return secret;
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++) yield return Convert.ToBase64String(bytes[offset..])[..^4];
    }
}
