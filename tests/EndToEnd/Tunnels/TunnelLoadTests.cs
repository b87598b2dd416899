using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using RestateCloud.EndToEnd.Tests.Invocations;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>Many calls, large ones, and none for a long time, through one tunnel of the official client.</summary>
public sealed class TunnelLoadTests(TunneledWorkbench workbench) : IClassFixture<TunneledWorkbench>
{
    private const int Invocations = 500;
    private const int MiB = 1024 * 1024;

    private HttpClient Ingress => workbench.Environment.Ingress;

    [Fact]
    public async Task Many_invocations_at_once_all_complete_and_take_effect_once()
    {
        var steps = await Ingress.CallAsync<int>("Ledger/steps", null);
        var entries = await Ingress.GetFromJsonAsync<int>("Counter/ledger/total");

        var results = await Task.WhenAll(Enumerable.Range(0, Invocations).Select(
            number => Ingress.CallAsync<int>("Ledger/enter", new { number, rests = 0 }, idempotencyKey: $"many-{number}")));

        Assert.Equal(Enumerable.Range(0, Invocations).Select(number => 2 * number), results);
        Assert.Equal(entries + Invocations, await Ingress.GetFromJsonAsync<int>("Counter/ledger/total"));
        var completed = await workbench.Environment.QueryAsync(
            "select id from sys_invocation where target = 'Ledger/enter' and idempotency_key like 'many-%' and status = 'completed' and completion_result = 'success'");
        Assert.Equal(Invocations, completed.Length);
        // A step runs again where an attempt broke off before its result was kept; that is at least once, and told. The official client
        // resets some of so many streams (ENHANCE_YOUR_CALM): 800 to 1,300 steps. Called directly,
        // or through restate-cloud tunnel, the same service ran 500, three times of three.
        var ran = await Ingress.CallAsync<int>("Ledger/steps", null) - steps;
        TestContext.Current.SendDiagnosticMessage($"{Invocations} invocations ran {ran} steps");
        Assert.InRange(ran, Invocations, int.MaxValue);
    }

    /// <summary>restate-server takes messages of up to 32 MiB, so it takes two to make 50 MB: what is carried goes back as a step and as the output.</summary>
    [Fact]
    public async Task Large_bodies_pass_unchanged_and_the_cloud_keeps_none_of_them()
    {
        var bytes = new byte[25 * MiB];
        new Random(1).NextBytes(bytes);
        Assert.True(await CarriesAsync(bytes.AsMemory(0, MiB)));
        var before = ResetPeakMemory();

        for (var round = 0; round < 2; round++) Assert.True(await CarriesAsync(bytes));

        var grown = PeakMemory() - before;
        TestContext.Current.SendDiagnosticMessage($"100 MiB back through the tunnel: the cloud's peak has grown by {grown / MiB} MiB");
        Assert.InRange(grown, long.MinValue, 64L * MiB);
    }

    [Fact]
    public async Task A_connection_on_which_nothing_happens_stays_and_serves()
    {
        Assert.Equal(4, await Ingress.CallAsync<int>("Bench/double", 2));
        var opened = Opened();

        await IdleTime.PassesAsync();

        Assert.Equal(6, await Ingress.CallAsync<int>("Bench/double", 3));
        Assert.Equal(opened, Opened());
    }

    private int Opened() => workbench.Cloud.Output.Split(TunneledWorkbench.Opened).Length - 1;

    private async Task<bool> CarriesAsync(ReadOnlyMemory<byte> bytes)
    {
        using var content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new("application/octet-stream") } };
        using var response = await Ingress.PostAsync("Ledger/carry", content);
        Assert.True(response.StatusCode == HttpStatusCode.OK, response.StatusCode == HttpStatusCode.OK ? "" : await response.Content.ReadAsStringAsync());
        var carried = await response.Content.ReadAsByteArrayAsync();
        return bytes.Span.SequenceEqual(carried);
    }

    // From here on the peak is what the process has now: proc(5), clear_refs.
    private long ResetPeakMemory()
    {
        File.WriteAllText($"/proc/{workbench.Cloud.ProcessId}/clear_refs", "5");
        return PeakMemory();
    }

    private long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{workbench.Cloud.ProcessId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
