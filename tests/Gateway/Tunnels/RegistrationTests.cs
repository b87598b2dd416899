using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class RegistrationTests : IAsyncLifetime
{
    private AdminTenant _tenant = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _tenant = await AdminTenant.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));

    public ValueTask DisposeAsync() => _tenant.DisposeAsync();

    [Theory]
    [InlineData("/deployments")]
    [InlineData("/v3/deployments")]
    public async Task The_address_of_older_clis_becomes_the_proxys(string path)
    {
        using var answer = await PostAsync(path, """{"force":true,"uri":"tunnel://Laptop:9080/base"}""");

        var registered = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        var proxy = $"http://127.0.0.1:{_tenant.Cloud.Ports.TunnelProxy}/{ResourceId.Bare(_tenant.Environment.Id)}/Laptop/http/localhost/9080/base";
        Assert.Equal(proxy, (string)registered["uri"]!);
        Assert.True((bool)registered["force"]!);
    }

    [Theory]
    [InlineData("""{"uri":"http://localhost:9080", "x": 1}""")]
    [InlineData("""{"uri":7}""")]
    [InlineData("""{"arn":"arn:aws:lambda"}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task Any_other_registration_passes_byte_for_byte(string body)
    {
        using var answer = await PostAsync("/deployments", body);

        Assert.Equal(body, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("tunnel://laptop")]
    [InlineData("tunnel://lap%2ftop:9080")]
    [InlineData("tunnel://laptop:99999")]
    [InlineData("tunnel://:9080")]
    public async Task An_address_of_another_form_is_refused_in_words(string address)
    {
        using var answer = await PostAsync("/deployments", $$"""{"uri":"{{address}}"}""");

        await ErrorAssert.IsAsync(answer, HttpStatusCode.BadRequest, "tunnel://NAME:PORT");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _tenant.Admin.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
