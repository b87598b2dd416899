using System.Net;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.ControlPlane;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Invocations;

/// <summary>Virtual objects, workflows and awakeables through the gateway.</summary>
public sealed class StatefulTests(Workbench workbench) : IClassFixture<Workbench>
{
    private HttpClient Ingress => workbench.Environment.Ingress;

    [Fact]
    public async Task A_virtual_object_keeps_its_state_by_key()
    {
        Assert.Equal(5, await Ingress.CallAsync<int>("Counter/a/add", 5));
        Assert.Equal(7, await Ingress.CallAsync<int>("Counter/a/add", 2));

        Assert.Equal(7, await Ingress.GetFromJsonAsync<int>("Counter/a/total"));
        Assert.Equal(0, await Ingress.GetFromJsonAsync<int>("Counter/b/total"));
    }

    [Fact]
    public async Task A_key_may_hold_any_character()
    {
        Assert.Equal(5, await Ingress.CallAsync<int>("Counter/a%20b%C3%A9+c/add", 5));

        var row = Assert.Single(await workbench.Environment.QueryAsync("select service_key from state where service_key like 'a b%'"));
        Assert.Equal("a bé+c", row.GetProperty("service_key").GetString());
    }

    [Fact]
    public async Task A_workflow_runs_once_and_waits_for_its_promise()
    {
        await Ingress.SendToAsync("Order/o1/run/send", "book");
        using (var pending = await Ingress.GetAsync("restate/workflow/Order/o1/output")) Assert.Equal(470, (int)pending.StatusCode);

        using (var paid = await Ingress.PostAsJsonAsync("Order/o1/pay", "Ada")) Assert.True(paid.IsSuccessStatusCode);

        Assert.Equal("book paid by Ada", await Ingress.GetFromJsonAsync<string>("restate/workflow/Order/o1/attach"));
        Assert.Equal("book paid by Ada", await Ingress.GetFromJsonAsync<string>("restate/workflow/Order/o1/output"));
        using var again = await Ingress.PostAsJsonAsync("Order/o1/run", "book");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Theory]
    [InlineData("awakeables")]
    [InlineData("a")]
    public async Task A_key_for_awakeables_completes_one_and_can_do_nothing_else(string path)
    {
        using var awakeables = workbench.Environment.IngressAs((await workbench.Environment.KeyAsync(Roles.CompleteAwakeable)).ApiKey);
        var waiting = Ingress.CallAsync<string>($"Mailbox/{path}/receive", null);
        var id = await AwakeableOfAsync(path);

        using (var call = await awakeables.PostAsJsonAsync("Bench/double", 1)) Assert.Equal(HttpStatusCode.Forbidden, call.StatusCode);
        using (var read = await awakeables.GetAsync($"Mailbox/{path}/awakeable")) Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        using (var resolved = await awakeables.PostAsJsonAsync($"restate/{path}/{id}/resolve", "a letter")) Assert.True(resolved.IsSuccessStatusCode);

        Assert.Equal("a letter", await waiting);
    }

    [Fact]
    public async Task A_rejected_awakeable_fails_the_call_that_waits_for_it()
    {
        var waiting = Ingress.PostAsync("Mailbox/rejected/receive", null);
        var id = await AwakeableOfAsync("rejected");

        using var reason = new StringContent("no such address");
        using (var rejected = await Ingress.PostAsync($"restate/awakeables/{id}/reject", reason)) Assert.True(rejected.IsSuccessStatusCode);

        using var response = await waiting;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("no such address", await response.Content.ReadAsStringAsync());
    }

    private Task<string> AwakeableOfAsync(string mailbox) =>
        Eventually.GetAsync(async () => await Ingress.GetFromJsonAsync<string?>($"Mailbox/{mailbox}/awakeable"), "the handler waits for its awakeable");
}
