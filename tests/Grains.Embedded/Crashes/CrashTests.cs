using System.Diagnostics;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Crashes;

public sealed class CrashTests
{
    [Fact]
    public async Task What_was_acknowledged_before_kill_9_is_there_afterwards()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("grains.db");
        var random = new Random(20260731);
        for (var round = 0; round < 5; round++)
        {
            var acknowledged = await CountUntilKilledAsync(database, counts: 20 + random.Next(400));

            await using var host = await EmbeddedHost.StartAsync(database);
            foreach (var key in CountingProcess.Keys)
            {
                var grain = host.Grains.GetGrain<ITallyGrain>(key);
                // One more than acknowledged may be stored: the process died between the write and the answer.
                var value = await grain.Value();
                Assert.InRange(value, acknowledged[key], acknowledged[key] + 1);
                Assert.InRange((await grain.Reminders()).Length, value / 10, (value + 1) / 10);
            }
        }
    }

    private static async Task<Dictionary<string, int>> CountUntilKilledAsync(string database, int counts)
    {
        var acknowledged = CountingProcess.Keys.ToDictionary(key => key, _ => 0);
        using var process = Process.Start(new ProcessStartInfo
        {
            FileName = Path.Combine(AppContext.BaseDirectory, "RestateCloud.Grains.Embedded.Tests"),
            ArgumentList = { CountingProcess.Argument, database },
            RedirectStandardOutput = true,
        })!;
        try
        {
            var seen = 0;
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.Split(' ') is not [var key, var value]) throw new InvalidOperationException($"The process printed: {line}");
                acknowledged[key] = int.Parse(value);
                if (++seen == counts) process.Kill(); // SIGKILL; what it had printed before is still read.
            }
            Assert.True(seen >= counts, "The process ended before it was killed.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        return acknowledged;
    }
}
