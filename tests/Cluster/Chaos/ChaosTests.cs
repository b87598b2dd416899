using System.Diagnostics;
using System.Globalization;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.Cluster.Tests.Loads;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>
/// Three silos, two gateways and a PostgreSQL under load, while each of them is killed, paused and replaced.
/// </summary>
/// <remarks>
/// Takes the time that <c>RESTATE_CLOUD_CHAOS</c> says (<c>00:10:00</c>) and some minutes more, so it runs only where that is set.
/// <c>RESTATE_CLOUD_SEED</c> chooses what happens, 1 unless set. What the members say is left in the folder <c>RESTATE_CLOUD_CHAOS_OUTPUT</c>.
/// </remarks>
public sealed class ChaosTests
{
    private const int KeyClients = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LifePause = TimeSpan.FromSeconds(5);

    public static bool IsAskedFor => Duration is not null;

    private static TimeSpan? Duration =>
        TimeSpan.TryParse(Environment.GetEnvironmentVariable("RESTATE_CLOUD_CHAOS"), CultureInfo.InvariantCulture, out var duration) ? duration : null;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("RESTATE_CLOUD_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    [Fact(Skip = "Set RESTATE_CLOUD_CHAOS to a duration.", SkipUnless = nameof(IsAskedFor))]
    public async Task Whatever_befalls_its_members_a_cluster_keeps_what_it_has_acknowledged()
    {
        await using var world = await World.StartAsync();
        using var client = new ControlClient(world);
        using var invocations = new Invocations(world);
        var keys = new KeyChanges(world, client, Seed);
        var environments = new EnvironmentChanges(world, client);
        var mayhem = new Mayhem(world, Seed);

        await using var invoking = new Load(Invocations.Clients, invocations.AddAsync, Pause);
        await using var changing = new Load(KeyClients, keys.ChangeAsync, Pause);
        await using var living = new Load(clients: 1, _ => environments.LiveAsync(), LifePause);
        await mayhem.RunAsync(Duration!.Value);
        await Task.WhenAll(changing.EndAsync(), living.EndAsync());
        var clock = Stopwatch.StartNew();
        await environments.CheckAsync();
        var settled = clock.Elapsed;
        await invoking.EndAsync();
        await keys.CheckAsync();
        await KeepOutputAsync(world);
        var steps = Steps.Of(world.Cluster.Silos);
        var overlaps = Steps.Overlaps(steps);

        Report(
            $"seed {Seed}, {Duration.Value}",
            $"{mayhem.Acts.Values.Sum()} acts: {string.Join(", ", mayhem.Acts.Select(act => $"{act.Value} x {act.Key}"))}",
            $"{client.Acknowledged} acknowledged changes, {client.Retries} attempts repeated",
            $"{invocations.Succeeded} invocations, the longest {invocations.Longest.TotalSeconds:0.0} s, {invocations.Excused.Count} failed on a killed gateway, {invocations.Failures.Count} otherwise",
            $"{steps.Count} steps of {steps.Select(step => step.Process).Distinct().Count()} silo processes, {overlaps.Count} at the same time",
            $"everything as asked for {settled.TotalSeconds:0} s after the last change was acknowledged",
            string.Join('\n', invocations.Failures.Take(20)));
        Assert.Empty(changing.Failures);
        Assert.Empty(living.Failures);
        Assert.Empty(invoking.Failures);
        Assert.Empty(invocations.Failures);
        Assert.NotEmpty(steps);
        Assert.Empty(overlaps);
    }

    private static async Task KeepOutputAsync(World world)
    {
        if (Environment.GetEnvironmentVariable("RESTATE_CLOUD_CHAOS_OUTPUT") is not { Length: > 0 } folder) return;
        foreach (var (member, number) in world.Cluster.Silos.Cast<Member>().Concat(world.Cluster.Gateways).Select((member, number) => (member, number)))
            await File.WriteAllTextAsync(Path.Combine(folder, $"member-{number + 1}.log"), string.Concat(member.Outputs));
    }

    private static void Report(params string[] lines)
    {
        foreach (var line in lines) TestContext.Current.SendDiagnosticMessage(line);
    }
}
