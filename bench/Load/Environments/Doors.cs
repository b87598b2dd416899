using System.Diagnostics;
using System.Net.Http.Headers;
using RestateCloud.Load.Clouds;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Environments;

/// <summary>Every way into every environment: its own port, and its host name on the port that all share.</summary>
internal sealed class Doors
{
    private const string Health = "restate/health";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<(Uri Url, string? HostName, string Key)> _doors;

    private Doors(IReadOnlyList<(Uri Url, string? HostName, string Key)> doors) => _doors = doors;

    public static async Task<Doors> OpenAsync(ControlApi api, Uri sharedIngress, IReadOnlyList<LoadEnvironment> environments)
    {
        var doors = new List<(Uri Url, string? HostName, string Key)>();
        foreach (var environment in environments)
        {
            var key = await api.CreateIngressKeyAsync(environment.AccountId, environment.Id);
            doors.Add((environment.Ingress, null, key));
            doors.Add((sharedIngress, $"{environment.Id["env_".Length..]}.env.local.localhost", key));
        }

        return new Doors(doors);
    }

    /// <summary>Knocks at all of them, again and again, 20 ms after a refusal, until each has let a request through to its server.</summary>
    /// <returns>When each did, by the clock that is given; own ports first.</returns>
    public async Task<(IReadOnlyList<TimeSpan> Own, IReadOnlyList<TimeSpan> Shared)> ReachAsync(Stopwatch clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var times = await Task.WhenAll(_doors.Select(async door =>
        {
            await Eventually.HoldsAsync(() => AnswersAsync(http, door, cancellationToken), $"{door.Url} answers", Patience, cancellationToken);
            return (Own: door.HostName is null, At: clock.Elapsed);
        }));
        return ([.. times.Where(time => time.Own).Select(time => time.At)], [.. times.Where(time => !time.Own).Select(time => time.At)]);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, (Uri Url, string? HostName, string Key) door, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(door.Url, Health));
        request.Headers.Host = door.HostName;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", door.Key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
