using System.Text.Json;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Services;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Newcomer;

public sealed class Cli16Tests(ConfiguredCli16 cli) : CliTests(cli), IClassFixture<ConfiguredCli16>;

public sealed class Cli17Tests(ConfiguredCli17 cli) : CliTests(cli), IClassFixture<ConfiguredCli17>;

/// <summary>What a newcomer does with the official CLI, unmodified, against an environment behind the gateway.</summary>
public abstract class CliTests(ConfiguredCli cli)
{
    private HttpClient Ingress => cli.Environment.Ingress;

    [Fact]
    public async Task Whoami_shows_the_environment_and_finds_it_healthy()
    {
        var output = await cli.RunAsync("whoami");

        Assert.Contains(cli.Environment.Id, output);
        Assert.Contains(cli.Environment.Description.IngressBaseUrl.ToString(), output);
        Assert.Contains("is healthy!", output);
    }

    [Fact]
    public async Task Services_are_listed_and_described()
    {
        Assert.Contains("Greeter", await cli.RunAsync("services", "list"));
        Assert.Contains("greet", await cli.RunAsync("services", "describe", "Greeter"));
        Assert.Contains("Greeter", await cli.RunAsync("services", "status", "Greeter"));
    }

    [Fact]
    public async Task A_deployment_is_registered_listed_described_and_removed()
    {
        await using var second = await NodeService.WorkbenchAsync(cli.Environment.Description.SigningPublicKey);
        Assert.Contains("Bench", await cli.RunAsync("deployments", "register", "--yes", second.Url.ToString()));
        Assert.Contains(second.Url.ToString(), await cli.RunAsync("deployments", "list"));
        var row = Assert.Single(await SqlAsync($"select id from sys_deployment where endpoint = '{second.Url}'"));
        var id = row.GetProperty("id").GetString()!;

        Assert.Contains("Mailbox", await cli.RunAsync("deployments", "describe", id));
        await cli.RunAsync("deployments", "remove", "--yes", "--force", id);

        Assert.DoesNotContain(id, await cli.RunAsync("deployments", "list"));
    }

    [Fact]
    public async Task Invocations_are_listed_described_cancelled_and_killed()
    {
        var (cancelled, killed) = ($"c-{Guid.NewGuid()}", $"k-{Guid.NewGuid()}");
        var toCancel = await Ingress.SendToAsync($"Invitation/{cancelled}/run/send", "Ada");
        var toKill = await Ingress.SendToAsync($"Invitation/{killed}/run/send", "Bob");
        await Eventually.HoldsAsync(async () => (await cli.RunAsync("invocations", "list")) is var list && list.Contains(cancelled) && list.Contains(killed), "both are listed");

        Assert.Contains($"Invitation/{cancelled}/run", await cli.RunAsync("invocations", "describe", toCancel.InvocationId));
        await cli.RunAsync("invocations", "cancel", "--yes", toCancel.InvocationId);
        await cli.RunAsync("invocations", "kill", "--yes", toKill.InvocationId);

        await FailedAsync(toCancel, "Cancelled");
        await FailedAsync(toKill, "killed");
    }

    [Fact]
    public async Task State_is_read_edited_and_cleared()
    {
        await Ingress.CallAsync<int>("GuestBook/door/sign", "Ada");
        Assert.Contains("Ada", await cli.RunAsync("state", "get", "GuestBook", "door"));

        (await cli.Cli.EditAsync("sed -i s/Ada/Grace/ \"$1\"", "state", "edit", "--yes", "GuestBook", "door")).Succeeded();
        await Eventually.HoldsAsync(async () => (await cli.RunAsync("state", "get", "GuestBook", "door")).Contains("Grace"), "the state is what was edited");

        await cli.RunAsync("state", "clear", "--yes", "GuestBook/door");
        await Eventually.HoldsAsync(async () => !(await cli.RunAsync("state", "get", "GuestBook", "door")).Contains("Grace"), "the state is gone");
    }

    [Fact]
    public async Task Sql_is_answered()
    {
        await Ingress.CallAsync<string>("Greeter/greet", "Ada");

        Assert.Contains("Greeter/greet", await cli.RunAsync("sql", "select target, status from sys_invocation"));
        Assert.NotEmpty(await SqlAsync("select id from sys_invocation where target = 'Greeter/greet'"));
        Assert.Contains("no_such_table", (await cli.Cli.RunAsync("sql", "select * from no_such_table")).Failed());
    }

    [Fact]
    public async Task A_services_configuration_is_viewed_patched_and_edited()
    {
        await cli.RunAsync("services", "config", "patch", "--yes", "GuestBook", "--inactivity-timeout", "2m");
        Assert.Matches("Inactivity timeout: +2m", await cli.RunAsync("services", "config", "view", "GuestBook"));

        (await cli.Cli.EditAsync("echo 'inactivity_timeout = \"3m\"' >> \"$1\"", "services", "config", "edit", "--yes", "GuestBook")).Succeeded();
        Assert.Matches("Inactivity timeout: +3m", await cli.RunAsync("services", "config", "view", "GuestBook"));
    }

    [Fact]
    public async Task A_question_at_the_terminal_is_asked_before_anything_is_changed()
    {
        await using var second = await NodeService.WorkbenchAsync(cli.Environment.Description.SigningPublicKey);

        (await cli.Cli.AnswerAsync([("apply those changes?", "n")], "deployments", "register", second.Url.ToString())).Failed();

        Assert.DoesNotContain(second.Url.ToString(), await cli.RunAsync("deployments", "list"));
    }

    private async Task FailedAsync(Sent invocation, string why) => await Eventually.HoldsAsync(
        async () => await SqlAsync($"select completion_failure from sys_invocation where id = '{invocation.InvocationId}'") is [var row]
            && row.TryGetProperty("completion_failure", out var failure) && failure.GetString()!.Contains(why),
        $"{invocation.InvocationId} is {why}");

    private async Task<JsonElement[]> SqlAsync(string query)
    {
        // The rows are one line; a summary comes before or after it.
        var output = await cli.RunAsync("sql", "--json", query);
        var line = output.Split('\n').Single(line => line.StartsWith('['));
        return [.. JsonDocument.Parse(line[..(line.LastIndexOf(']') + 1)]).RootElement.EnumerateArray()];
    }
}
