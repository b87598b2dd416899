using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Tests.ControlApi;

public sealed class EnvironmentLogsTests(CloudFixture fixture) : IClassFixture<CloudFixture>
{
    private const long Instant = 1_760_000_000_123_456_789;

    [Theory]
    [InlineData("1760000000123456789", "1760000000123456790")]
    [InlineData("\"1760000000123456789\"", "\"1760000000123456790\"")]
    [InlineData("0", "9223372036854775807")]
    public async Task Times_are_exact_to_the_nanosecond_as_numbers_and_as_strings(string start, string end)
    {
        fixture.Logs.Lines = [new LogLine(Instant, "here"), new LogLine(long.MaxValue, "too late")];
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        using var api = await ApiClient.OfAsync(tenant);

        var answer = await api.TryAsync(
            $"/cloud/{tenant.AccountId}/GetEnvironmentLogs", $$"""{"environmentId":"{{environment.Id}}","start":{{start}},"end":{{end}}}""");

        Assert.Equal($$"""{"lines":[{"unixNanos":"{{Instant}}","line":"here"}]}""", answer.Text);
    }

    [Fact]
    public async Task A_range_without_lines_is_empty()
    {
        var tenant = await fixture.Cloud.CreateTenantAsync();
        var environment = await tenant.CreateEnvironmentAsync();
        using var api = await ApiClient.OfAsync(tenant);

        var answer = await api.CallAsync($"/cloud/{tenant.AccountId}/GetEnvironmentLogs", new { environmentId = environment.Id, start = 5, end = 5 });

        Assert.Empty(answer["lines"]!.AsArray());
    }
}
