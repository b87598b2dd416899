using System.Diagnostics;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Provisioning.LocalProcesses;
using RestateCloud.Provisioning.LocalProcesses.Logs;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly string _id = ResourceId.New(ResourceId.Environment);
    private readonly string _logs;

    public LogTests() => _logs = Directory.CreateDirectory(_data.File("environments", _id, "logs")).FullName;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Lines_are_found_by_their_time_from_inclusive_to_exclusive_across_rotations()
    {
        for (var second = 0; second < 100; second++)
        {
            Append(Line(second, $"line {second}"));
            await RotateAsync(segmentBytes: 500);
        }

        Assert.InRange(LogSegment.List(_logs).Count, 10, 20);
        Assert.Equal(Enumerable.Range(0, 100).Select(second => Line(second, $"line {second}")), await ReadAsync(0, long.MaxValue));
        Assert.Equal([Line(25, "line 25"), Line(26, "line 26")], await ReadAsync(Nanos(25), Nanos(27)));
        Assert.Empty(await ReadAsync(Nanos(100), long.MaxValue));
        Assert.Empty(await ReadAsync(0, Nanos(0)));
    }

    [Fact]
    public async Task Lines_without_a_time_have_that_of_the_line_before_and_time_never_goes_back()
    {
        Append(Line(1, "a"));
        Append("thread 'main' panicked");
        await RotateAsync(segmentBytes: 1);
        Append("  at somewhere");
        Append(Line(0, "late"));
        Append(Line(2, "b"));

        Assert.Equal([Line(1, "a"), "thread 'main' panicked", "  at somewhere", Line(0, "late")], await ReadAsync(Nanos(1), Nanos(2)));
        Assert.Equal([Line(2, "b")], await ReadAsync(Nanos(2), long.MaxValue));
    }

    [Fact]
    public async Task No_line_is_lost_while_a_server_writes_through_many_rotations()
    {
        const int Batches = 20;
        const int Lines = Batches * 1_000;
        // Each word on its input lets the writer go on with a batch of some 40 kB, so that rotations happen all along however fast it is.
        const string Script = """
            i=0; while read -r _; do end=$((i+1000)); while [ $i -lt $end ]; do echo "$i of some text that makes the line longer"; i=$((i+1)); done; done >>"$1"
            """;
        using var writer = Process.Start(
            new ProcessStartInfo("sh", ["-c", Script, "sh", ServerLog.Path(_logs)]) { RedirectStandardInput = true })!;

        for (var batch = 0; batch < Batches; batch++)
        {
            var before = LogSegment.List(_logs).Count;
            await writer.StandardInput.WriteLineAsync("go");
            await writer.StandardInput.FlushAsync();
            await Eventually.HoldsAsync(
                async () =>
                {
                    await RotateAsync(segmentBytes: 20_000, keep: 1000);
                    return LogSegment.List(_logs).Count > before;
                },
                "a part of the batch is rotated");
        }

        writer.StandardInput.Close();
        await writer.WaitForExitAsync();
        var read = await ReadAsync(0, long.MaxValue);
        Assert.Equal(Enumerable.Range(0, Lines).Select(i => $"{i} of some text that makes the line longer"), read);
    }

    [Fact]
    public async Task A_reader_that_is_overtaken_by_rotations_misses_nothing()
    {
        for (var second = 0; second < 5_000; second++) Append(Line(second, new string('x', 100)));

        var read = new List<string>();
        await foreach (var line in Reader().ReadAsync(_id, 0, long.MaxValue, TestContext.Current.CancellationToken))
        {
            if (read.Count is 0 or 2_000) await RotateAsync(segmentBytes: 100_000, keep: 1000);
            if (read.Count == 2_000) Append(Line(5_000, "last"));
            read.Add(line.Line);
        }

        Assert.Equal(5_001, read.Count);
        Assert.Equal(read.Distinct().Count(), read.Count);
    }

    [Fact]
    public async Task Old_segments_are_forgotten_and_disk_space_comes_back()
    {
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 100; i++) Append(Line(round, new string('x', 1000)));
            await RotateAsync(segmentBytes: 100_000, keep: 3);
        }

        Assert.Equal(3, LogSegment.List(_logs).Count);
        Assert.InRange(await DiskUseAsync(), 0, 500_000);
        Assert.InRange((await ReadAsync(0, long.MaxValue)).Count, 290, 400);
    }

    [Fact]
    public async Task A_rotation_interrupted_before_space_was_given_back_shows_no_line_twice()
    {
        Append(Line(1, "a"));
        Append(Line(2, "b"));
        var copy = File.ReadAllBytes(ServerLog.Path(_logs));
        await RotateAsync(segmentBytes: 1);
        File.WriteAllBytes(ServerLog.Path(_logs), copy);
        File.WriteAllText(Path.Combine(_logs, "segment.unfinished"), "half");
        Append(Line(3, "c"));

        Assert.Equal([Line(1, "a"), Line(2, "b"), Line(3, "c")], await ReadAsync(0, long.MaxValue));
        await RotateAsync(segmentBytes: 1);
        Assert.Equal([Line(1, "a"), Line(2, "b"), Line(3, "c")], await ReadAsync(0, long.MaxValue));
    }

    [Fact]
    public async Task A_line_of_megabytes_is_cut_and_the_next_one_is_whole()
    {
        Append(new string('x', 3_000_000));
        Append(Line(1, "next"));

        var lines = await ReadAsync(0, long.MaxValue);

        Assert.Equal([LogLines.LongestLine, Line(1, "next").Length], lines.Select(line => line.Length));
    }

    [Fact]
    public async Task An_environment_without_logs_has_no_lines()
    {
        Assert.Empty(await ReadAsync(0, long.MaxValue));
        Directory.Delete(_logs);
        Assert.Empty(await ReadAsync(0, long.MaxValue));
    }

    private static long Nanos(int second) => LogTime.Of(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second));

    private static string Line(int second, string message)
    {
        var time = new DateTime(2026, 1, 1).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
        return "{\"timestamp\":\"" + time + "\",\"level\":\"INFO\",\"fields\":{\"message\":\"" + message + "\"}}";
    }

    private LocalEnvironmentLogs Reader() => new(new LocalProcessOptions { DataFolder = _data.Path });

    private void Append(string line) => File.AppendAllText(ServerLog.Path(_logs), line + "\n");

    private Task RotateAsync(long segmentBytes, int keep = 100) =>
        LogRotation.RotateAsync(_logs, segmentBytes, keep, TestContext.Current.CancellationToken);

    private async Task<List<string>> ReadAsync(long start, long end)
    {
        var lines = new List<LogLine>();
        await foreach (var line in Reader().ReadAsync(_id, start, end, TestContext.Current.CancellationToken)) lines.Add(line);
        Assert.Equal(lines.OrderBy(line => line.UnixNanos), lines);
        return [.. lines.Select(line => line.Line)];
    }

    private async Task<long> DiskUseAsync()
    {
        using var du = Process.Start(new ProcessStartInfo("du", ["-s", "-B1", _logs]) { RedirectStandardOutput = true })!;
        return long.Parse((await du.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\t')[0]);
    }
}
