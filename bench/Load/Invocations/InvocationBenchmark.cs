using System.Net.Http.Headers;
using RestateCloud.Load.Clouds;
using RestateCloud.Load.Generators;

namespace RestateCloud.Load.Invocations;

/// <summary>A real environment's ingress: through the running cloud with an API key, and straight at its unix socket.</summary>
internal static class InvocationBenchmark
{
    private const int Rounds = 5;
    private const string Direct = "its socket";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var service = await NodeService.StartAsync(cancellationToken);
        await using var cloud = new Cloud();
        await cloud.StartAsync(cancellationToken);
        using var api = new ControlApi(cloud.FirstRun);
        // PREMIUM: the limits of the lower tiers are what would be measured.
        var account = await api.CreateAccountAsync("load");
        var id = await api.CreateEnvironmentAsync(account, "load", "PREMIUM");
        var environment = await api.ActiveEnvironmentAsync(account, id);
        var key = await api.CreateIngressKeyAsync(account, id);
        await RegisterAsync(environment, cloud.FirstRun.AccessToken, service.Url!, cancellationToken);

        var socket = Directory.EnumerateFiles(Path.Combine(cloud.DataFolder, "environments", id), "ingress.sock", SearchOption.AllDirectories).Single();
        var contest = new Contest(new H2Load(http1: true, connections: 32, streams: 1), null, WarmUp, Rounds, Turn);
        foreach (var (title, path, bodyBytes) in ((string, string, int)[])
            [("Health of a real ingress, 32 connections (h2load)", "restate/health", 0), ("Invocation of a TypeScript service, 32 connections (h2load)", "Bench/greet", 32)])
        {
            await contest.RunAsync(
                title,
                [
                    new Contestant(Direct, new LoadTarget(new Uri(new Uri("http://environment"), path), socket, null, bodyBytes)),
                    new Contestant("the gateway", new LoadTarget(new Uri(environment.IngressBaseUrl, path), null, key, bodyBytes), cloud.ProcessId),
                ],
                Direct,
                cancellationToken);
        }
    }

    private static async Task RegisterAsync(EnvironmentDescription environment, string accessToken, Uri service, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        using var response = await http.PostAsJsonAsync(new Uri(environment.AdminBaseUrl, "deployments"), new { uri = service }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
