using System.Runtime.CompilerServices;
using System.Text;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.LocalProcesses.Environments;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>
/// Reads logs from the data folder, without a lock: a rotation that overtakes a reader leaves zeros where it would have read, and the lines
/// in a segment where it finds them by their position. Segments that lie wholly before the time asked for are not opened.
/// </summary>
internal sealed class LocalEnvironmentLogs(LocalProcessOptions options) : IEnvironmentLogs
{
    private readonly string _environments = EnvironmentsFolder.Open(options.DataFolder);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> ReadAsync(
        string environmentId, long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var logs = new EnvironmentFolder(_environments, environmentId).Logs;
        long position = 0, time = 0;
        while (true)
        {
            var segments = LogSegment.List(logs);
            var segment = segments.FirstOrDefault(segment => segment.End > position && segment.LastUnixNanos >= start);
            position = Math.Max(position, segment?.Start ?? End(segments));
            time = Math.Max(time, segments.LastOrDefault(before => before.End <= position)?.LastUnixNanos ?? 0);

            using var file = LogLines.TryOpen(segment?.Path ?? ServerLog.Path(logs));
            if (file is null)
            {
                // A segment may have been forgotten a moment ago.
                if (segment is not null) continue;
                yield break;
            }

            var offset = segment?.Start ?? 0;
            await foreach (var line in LogLines.ReadAsync(file, position - offset, cancellationToken))
            {
                if (segment is null && line.Text.Span.Contains((byte)0) && End(LogSegment.List(logs)) > position) break;

                position = offset + line.End;
                time = LogTime.Of(line.Text.Span, time);
                if (time >= end) yield break;
                if (time >= start) yield return new LogLine(time, Encoding.UTF8.GetString(line.Text.Span));
            }

            if (segment is not null) position = segment.End;
            else if (End(LogSegment.List(logs)) <= position) yield break;
        }
    }

    private static long End(IReadOnlyList<LogSegment> segments) => segments.Count == 0 ? 0 : segments[^1].End;
}
