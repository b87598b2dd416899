using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RestateCloud.Gateway.Tests.Hosting;

namespace RestateCloud.Gateway.Tests.DataPlane;

public sealed class VersionTests : IAsyncLifetime
{
    private const string Version = """{"version":"1.7.12","ingress_endpoint":"unix:/data/environments/env_1/ingress.sock","features":{"vqueues":false}}""";

    private string _answer = Version;
    private int _status = StatusCodes.Status200OK;
    private int? _length;
    private AdminTenant _tenant = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tenant = await AdminTenant.StartAsync(context =>
    {
        context.Response.StatusCode = _status;
        context.Response.ContentLength = _length;
        return context.Response.WriteAsync(_answer, Cancellation);
    });

    public ValueTask DisposeAsync() => _tenant.DisposeAsync();

    [Theory]
    [InlineData("/version")]
    [InlineData("/v3/version")]
    public async Task The_ingress_it_names_is_the_one_that_tenants_use(string path)
    {
        var version = (await _tenant.Admin.GetFromJsonAsync<JsonObject>(path, Cancellation))!;

        Assert.StartsWith("http://", (string)version["ingress_endpoint"]!);
        Assert.Equal("1.7.12", (string)version["version"]!);
        Assert.False((bool)version["features"]!["vqueues"]!);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_midway_is_an_error()
    {
        _length = Version.Length + 1;
        using var answer = await _tenant.Admin.GetAsync("/version", Cancellation);

        await ErrorAssert.IsAsync(answer, HttpStatusCode.BadGateway, "broke off");
    }

    [Fact]
    public async Task Other_answers_pass_as_they_are()
    {
        Assert.Equal(Version, await _tenant.Admin.GetStringAsync("/other", Cancellation));
        (_answer, _status) = ("not now", StatusCodes.Status503ServiceUnavailable);
        using var answer = await _tenant.Admin.GetAsync("/version", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("not now", await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
