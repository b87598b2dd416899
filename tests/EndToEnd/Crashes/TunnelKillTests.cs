using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Invocations;
using RestateCloud.EndToEnd.Tests.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Crashes;

/// <summary>A <c>kill -9</c> of each part between an environment and a service behind a tunnel, in the middle of invocations.</summary>
public sealed class TunnelKillTests(TunneledWorkbench workbench) : IClassFixture<TunneledWorkbench>
{
    private const int Invocations = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private HttpClient Ingress => workbench.Environment.Ingress;

    [Theory]
    [InlineData("service")]
    [InlineData("client")]
    [InlineData("cloud")]
    public async Task Every_invocation_completes_and_takes_effect_once(string killed)
    {
        var entries = await Ingress.GetFromJsonAsync<int>("Counter/ledger/total");
        await Task.WhenAll(Enumerable.Range(0, Invocations).Select(
            number => Ingress.SendToAsync("Ledger/enter/send", new { number, rests = 5 }, idempotencyKey: $"{killed}-{number}")));
        await Eventually.HoldsAsync(async () => await StepsAsync(killed) > Invocations, "they are in the middle");

        await (killed switch
        {
            "service" => workbench.Service.RestartAsync(() => Task.CompletedTask),
            "client" => workbench.RestartClientAsync(),
            _ => workbench.RestartCloudAsync(),
        });

        await Eventually.HoldsAsync(async () => await SucceededAsync(killed) == Invocations, "all have succeeded", Limit);
        Assert.Equal(entries + Invocations, await Ingress.GetFromJsonAsync<int>("Counter/ledger/total"));
    }

    private Task<int> StepsAsync(string keys) => CountAsync(
        $"select count(*) as n from sys_journal j join sys_invocation i on i.id = j.id where i.idempotency_key like '{keys}-%' and j.name = 'step'");

    private Task<int> SucceededAsync(string keys) => CountAsync(
        $"select count(*) as n from sys_invocation where idempotency_key like '{keys}-%' and status = 'completed' and completion_result = 'success'");

    private async Task<int> CountAsync(string query) => Assert.Single(await workbench.Environment.QueryAsync(query)).GetProperty("n").GetInt32();
}
