using System.Net;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Invocations;

/// <summary>Invocations as Restate's ingress documents them, through the gateway with an API key.</summary>
public sealed class CallTests(Workbench workbench) : IClassFixture<Workbench>
{
    private HttpClient Ingress => workbench.Environment.Ingress;

    [Fact]
    public async Task A_call_answers_the_handlers_result()
    {
        using var response = await Ingress.PostAsJsonAsync("Bench/double", 21);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(42, await response.Content.ReadFromJsonAsync<int>());
        Assert.StartsWith("inv_", Assert.Single(response.Headers.GetValues("x-restate-id")));
    }

    [Fact]
    public async Task A_send_is_accepted_and_can_be_attached_to()
    {
        var sent = await Ingress.SendToAsync("Bench/double/send", 4);

        Assert.Equal("Accepted", sent.Status);
        Assert.Equal(8, await Ingress.GetFromJsonAsync<int>($"restate/invocation/{sent.InvocationId}/attach"));
    }

    [Fact]
    public async Task A_repeated_idempotency_key_answers_the_first_calls_result()
    {
        var key = Guid.NewGuid().ToString();
        Assert.Equal(1, await Ingress.CallAsync<int>("Counter/idempotent/add", 1, key));
        Assert.Equal(1, await Ingress.CallAsync<int>("Counter/idempotent/add", 1, key));
        Assert.Equal(2, await Ingress.CallAsync<int>("Counter/idempotent/add", 1, Guid.NewGuid().ToString()));
    }

    [Fact]
    public async Task An_invocation_is_attached_to_by_its_idempotency_key()
    {
        var key = Guid.NewGuid().ToString();
        await Ingress.SendToAsync("Bench/double/send", 50, key);

        Assert.Equal(100, await Ingress.GetFromJsonAsync<int>($"restate/invocation/Bench/double/{key}/attach"));
        Assert.Equal(100, await Ingress.GetFromJsonAsync<int>($"restate/invocation/Bench/double/{key}/output"));
    }

    [Fact]
    public async Task The_output_of_a_pending_invocation_is_answered_with_470()
    {
        var sent = await Ingress.SendToAsync("Mailbox/pending/receive/send", null);

        using var pending = await Ingress.GetAsync($"restate/invocation/{sent.InvocationId}/output");

        Assert.Equal(470, (int)pending.StatusCode);
        Assert.Contains("not completed yet", await pending.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_delayed_send_runs_when_it_is_due()
    {
        var before = DateTimeOffset.UtcNow;
        var sent = await Ingress.SendToAsync("Bench/double/send?delay=1500ms", 3);
        Assert.Equal(6, await Ingress.GetFromJsonAsync<int>($"restate/invocation/{sent.InvocationId}/attach"));
        Assert.True(DateTimeOffset.UtcNow - before >= TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task A_handler_that_does_not_exist_is_answered_in_restates_error_form()
    {
        using var response = await Ingress.PostAsJsonAsync("Bench/nothing", 1);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("ingress", Assert.Single(response.Headers.GetValues("x-restate-error-source")));
        Assert.Equal(404, (await response.Content.ReadFromJsonAsync<RestateError>())!.Code);
    }

    [Fact]
    public async Task A_large_body_passes_both_ways_unchanged()
    {
        var bytes = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(bytes);

        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } };
        using var response = await Ingress.PostAsync("Bench/echo", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var echoed = await response.Content.ReadAsByteArrayAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task A_cancelled_invocation_ends_the_call_that_waits_for_it()
    {
        var waiting = Ingress.PostAsync("Mailbox/cancelled/receive", null);
        var id = await Eventually.GetAsync(
            async () => (await workbench.Environment.QueryAsync("select id from sys_invocation where target = 'Mailbox/cancelled/receive'")) is [var row]
                ? row.GetProperty("id").GetString() : null,
            "the invocation is there");

        using var cancelled = await workbench.Environment.Admin.PatchAsync($"invocations/{id}/cancel", null);

        Assert.True(cancelled.IsSuccessStatusCode);
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }
}
