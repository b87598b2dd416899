using System.Globalization;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Reports;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Generators;

/// <summary>h2load of nghttp2: h2c or HTTP/1.1, over TCP or a unix socket.</summary>
internal sealed class H2Load(bool http1, int connections, int streams) : ILoadGenerator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<LoadResult> RunAsync(LoadTarget target, TimeSpan duration, int? core, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("rc-h2load-");
        List<string> arguments =
        [
            "--threads=1", $"--clients={connections}", $"--max-concurrent-streams={streams}", $"--duration={duration.TotalSeconds:0}",
            $"--log-file={folder.File("log")}",
        ];
        if (http1) arguments.Add("--h1");
        if (target.UnixSocket is not null) arguments.Add($"--base-uri=unix:{target.UnixSocket}");
        // It reads headers from nowhere else; what is secret in them ends with the benchmark.
        if (target.Key is not null) arguments.AddRange(["--header", $"authorization: Bearer {target.Key}"]);
        foreach (var (name, value) in target.Headers) arguments.AddRange(["--header", $"{name}: {value}"]);
        if (target.BodyBytes > 0)
        {
            await File.WriteAllTextAsync(folder.File("body"), $"\"{new string('x', target.BodyBytes - 2)}\"", cancellationToken);
            arguments.AddRange([$"--data={folder.File("body")}", "--header", "content-type: application/json"]);
        }

        var output = await Pinned.RunAsync(core, 2 * duration + Patience, "h2load", [.. arguments, target.Url.ToString()], cancellationToken);
        return Read(folder.File("log"), duration, output);
    }

    // A line a request: start, status, and duration in microseconds.
    private static LoadResult Read(string log, TimeSpan duration, string output)
    {
        var times = new List<double>();
        foreach (var line in File.ReadLines(log))
        {
            var fields = line.Split('\t');
            if (fields[1].Length != 3 || fields[1][0] != '2') throw new InvalidOperationException($"h2load got {fields[1]}:\n{output}");
            times.Add(double.Parse(fields[2], CultureInfo.InvariantCulture));
        }

        if (times.Count == 0) throw new InvalidOperationException($"h2load got no answer:\n{output}");
        var samples = new Samples(times);
        return new LoadResult(
            times.Count,
            times.Count / duration.TotalSeconds,
            TimeSpan.FromMicroseconds(samples.Percentile(0.5)),
            TimeSpan.FromMicroseconds(samples.Percentile(0.99)));
    }
}
