using System.Globalization;
using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Generators;

/// <summary>wrk: HTTP/1.1 with keep-alive, one request at a time on each connection.</summary>
internal sealed class Wrk(int connections) : ILoadGenerator
{
    private const string Marker = "RESULT ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<LoadResult> RunAsync(LoadTarget target, TimeSpan duration, int? core, CancellationToken cancellationToken)
    {
        // Everything is in the script: a key does not belong among the arguments of a process.
        using var folder = new TemporaryFolder("rc-wrk-");
        await File.WriteAllTextAsync(folder.File("load.lua"), Script(target), cancellationToken);
        var output = await Pinned.RunAsync(
            core,
            2 * duration + Patience,
            "wrk",
            ["--threads", "1", "--connections", $"{connections}", "--duration", $"{duration.TotalSeconds:0}s", "--script", folder.File("load.lua"), target.Url.ToString()],
            cancellationToken);

        var line = output.Split('\n').Single(line => line.StartsWith(Marker, StringComparison.Ordinal));
        var numbers = line[Marker.Length..].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (requests, microseconds, failures, median, tail) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        if (failures > 0 || requests == 0) throw new InvalidOperationException($"wrk had {failures} failures:\n{output}");
        return new LoadResult((long)requests, requests / microseconds * 1e6, TimeSpan.FromMicroseconds(median), TimeSpan.FromMicroseconds(tail));
    }

    private static string Script(LoadTarget target) => $$"""
        {{(target.BodyBytes > 0 ? $"wrk.method = 'POST'\nwrk.body = '\"' .. string.rep('x', {target.BodyBytes - 2}) .. '\"'\nwrk.headers['content-type'] = 'application/json'" : "")}}
        {{(target.Key is null ? "" : $"wrk.headers['authorization'] = 'Bearer {target.Key}'")}}
        {{string.Join('\n', target.Headers.Select(header => $"wrk.headers['{header.Name}'] = '{header.Value}'"))}}
        function done(summary, latency)
          local e = summary.errors
          print(string.format('{{Marker}}%d %d %d %d %d', summary.requests, summary.duration,
            e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
        end
        """;
}
