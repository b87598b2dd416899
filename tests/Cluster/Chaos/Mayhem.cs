using System.Diagnostics;
using RestateCloud.Cluster.Tests.Clusters;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>Does to the members of a cluster what befalls them in years. The seed decides what is done to whom, and when.</summary>
public sealed class Mayhem(World world, int seed)
{
    private const int LongestGap = 6000, LongestPause = 25_000, LongestAbsence = 4000;

    private readonly Random _random = new(seed);
    private readonly Dictionary<object, Task> _underWay = [];
    private readonly Dictionary<string, int> _acts = [];

    /// <summary>How often each thing was done.</summary>
    public IReadOnlyDictionary<string, int> Acts => _acts;

    /// <summary>Goes on for a time; returns when every member is back. Of three silos up to two are struck at once, of two gateways one.</summary>
    public async Task RunAsync(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            foreach (var act in Shuffled(["silo killed", "silo paused", "silo replaced", "silo killed", "database killed", "gateway killed"]))
            {
                if (clock.Elapsed >= duration) break;
                await BeginAsync(act);
                await Task.Delay(_random.Next(LongestGap));
            }
        }

        await Task.WhenAll(_underWay.Values);
    }

    private async Task BeginAsync(string act)
    {
        var silo = world.Cluster.Silos[_random.Next(world.Cluster.Silos.Count)];
        var door = world.Doors[_random.Next(world.Doors.Count)];
        var absence = TimeSpan.FromMilliseconds(_random.Next(LongestAbsence));
        var pause = TimeSpan.FromMilliseconds(_random.Next(LongestPause));
        switch (act)
        {
            case "silo killed":
                await SoleActAsync(silo, atOnce: 2, () => KillAsync(silo, absence));
                break;
            case "silo paused":
                await SoleActAsync(silo, atOnce: 2, () => PauseAsync(silo, pause));
                break;
            case "silo replaced":
                await SoleActAsync(silo, atOnce: 2, () => ReplaceAsync(silo));
                break;
            case "database killed":
                await SoleActAsync(world.Cluster.Database, atOnce: 1, () => world.Cluster.Database.KillAndStartAsync(() => Task.Delay(absence)));
                break;
            case "gateway killed":
                await SoleActAsync(door, atOnce: 1, () => KillAsync(door, absence));
                break;
        }

        _acts[act] = _acts.GetValueOrDefault(act) + 1;
    }

    /// <summary>Waits until nothing is under way with the victim and fewer than so many of its kind are struck, and begins.</summary>
    private async Task SoleActAsync<T>(T victim, int atOnce, Func<Task> act)
        where T : class
    {
        if (_underWay.TryGetValue(victim, out var last)) await last;
        while (_underWay.Where(other => other.Key is T && !other.Value.IsCompleted).Select(other => other.Value).ToList() is var others
            && others.Count >= atOnce)
        {
            await Task.WhenAny(others);
        }

        _underWay[victim] = act();
    }

    private static async Task KillAsync(SiloMember silo, TimeSpan absence)
    {
        await silo.KillAsync();
        await Task.Delay(absence);
        await StartAsync(silo);
    }

    private static async Task PauseAsync(SiloMember silo, TimeSpan time)
    {
        await silo.PauseAsync(time);

        // One that the others have given up meanwhile ends itself; its service manager starts it again.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await StartAsync(silo);
    }

    private static async Task ReplaceAsync(SiloMember silo)
    {
        await silo.StopAsync();
        await StartAsync(silo);
    }

    private async Task KillAsync(Door door, TimeSpan absence)
    {
        door.Close();
        await door.Gateway.KillAsync();
        await Task.Delay(absence);
        await StartAsync(door.Gateway);
        await door.OpenAsync(world.Tenants);
    }

    /// <summary>Starts a member as a service manager does: again when it ends before it is ready, such as while the database is away.</summary>
    private static async Task StartAsync(Member member)
    {
        while (true)
        {
            if (member.HasExited) await member.StartAsync();
            try
            {
                await member.ReadyAsync();
                return;
            }
            catch (InvalidOperationException) when (member.HasExited)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private IEnumerable<string> Shuffled(string[] acts)
    {
        _random.Shuffle(acts);
        return acts;
    }
}
