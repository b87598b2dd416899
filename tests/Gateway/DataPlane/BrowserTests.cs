using System.Net;
using RestateCloud.Gateway.Listening;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.DataPlane;

public sealed class BrowserTests(SharedCloud shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preflight_which_cannot_carry_a_credential_is_answered_as_restate_does()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(null);
        using var request = Preflight($"/Preflight/{environment.Id}");

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("https://app.example", answer.Headers.GetValues("access-control-allow-origin").Single());
        Assert.Equal("authorization", answer.Headers.GetValues("access-control-allow-headers").Single());
        Assert.DoesNotContain($"/Preflight/{environment.Id}", shared.Echo.Targets);
    }

    [Fact]
    public async Task A_page_of_another_origin_can_read_why_it_was_refused()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Greeter/greet") { Headers = { { "origin", "https://app.example" } } };

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("https://app.example", answer.Headers.GetValues("access-control-allow-origin").Single());
    }

    [Fact]
    public async Task The_admin_api_answers_no_preflight()
    {
        var environment = await shared.CreateEnvironmentAsync();
        using var client = environment.Client(null, PortRole.Admin);
        using var request = Preflight("/query");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request, Cancellation)).StatusCode);
    }

    private static HttpRequestMessage Preflight(string path) => new(HttpMethod.Options, path)
    {
        Headers = { { "origin", "https://app.example" }, { "access-control-request-method", "POST" }, { "access-control-request-headers", "authorization" } },
    };
}
