using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>
/// Clients of the long-lived environments, each with a counter of its own that it adds to, one after the other. Each prefers a gateway and
/// goes to the other while that is down; an addition that failed is repeated with its idempotency key.
/// </summary>
public sealed class Invocations : IDisposable
{
    public const int Clients = 12;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly World _world;
    private readonly HttpClient[,] _ingresses;
    private readonly int[] _added = new int[Clients];
    private readonly ConcurrentQueue<string> _excused = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private long _longest;

    public Invocations(World world)
    {
        _world = world;
        _ingresses = new HttpClient[world.Doors.Count, world.Tenants.Count];
        for (var door = 0; door < world.Doors.Count; door++)
        {
            for (var tenant = 0; tenant < world.Tenants.Count; tenant++)
                _ingresses[door, tenant] = world.Tenants[tenant].Ingress(world.Doors[door].Gateway);
        }
    }

    public int Succeeded => _added.Sum();

    /// <summary>Failures on a gateway that was killed meanwhile.</summary>
    public IReadOnlyCollection<string> Excused => _excused;

    /// <summary>All others.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The longest that one took which succeeded.</summary>
    public TimeSpan Longest => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longest));

    /// <summary>One addition of a client, until it has succeeded.</summary>
    public async Task AddAsync(int client)
    {
        var preferred = client % _world.Doors.Count;
        for (var attempt = 0; ; attempt++)
        {
            var number = (preferred + attempt) % _world.Doors.Count;
            if (!_world.Doors[number].IsOpen) number = (number + 1) % _world.Doors.Count;
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var total = await AddAsync(_ingresses[number, client / _world.Doors.Count % _world.Tenants.Count], client);
                var took = Stopwatch.GetTimestamp() - begun;
                if (took > Interlocked.Read(ref _longest)) Interlocked.Exchange(ref _longest, took);
                Assert.Equal(++_added[client], total);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                var failures = _world.Doors[number].WasDown(begun, Stopwatch.GetTimestamp()) ? _excused : _failures;
                failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} gateway {number + 1}, after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s: {e.Message}");
                await Task.Delay(Pause);
            }
        }
    }

    public void Dispose()
    {
        foreach (var ingress in _ingresses) ingress.Dispose();
    }

    private async Task<int> AddAsync(HttpClient ingress, int client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"Counter/client-{client}/add") { Content = JsonContent.Create(1) };
        request.Headers.Add("idempotency-key", $"{client}-{_added[client] + 1}");
        using var response = await ingress.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<int>();
    }
}
