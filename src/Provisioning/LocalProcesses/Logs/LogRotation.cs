using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>
/// Rotates a log that its writer keeps open and knows nothing of. The finished part is copied to a segment, and then its blocks are taken
/// out of the file (<c>FALLOC_FL_PUNCH_HOLE</c>; ext4, xfs, btrfs, f2fs, zfs and tmpfs have it) while the file keeps its size and the
/// writer its place. Unlike copying and truncating this loses no line that is written meanwhile; a crash in between leaves a part twice,
/// which readers tell by its position.
/// </summary>
internal static class LogRotation
{
    private const string Unfinished = "segment.unfinished";

    /// <summary>Rotates as far as is due, and forgets the oldest segments beyond the number to keep.</summary>
    /// <param name="logs">The folder of an environment's logs.</param>
    /// <param name="segmentBytes">The size from which on a part is finished.</param>
    /// <param name="keep">Segments to keep.</param>
    /// <param name="cancellationToken">Stops in between.</param>
    /// <returns>Whether anything was due.</returns>
    /// <exception cref="IOException">The file system cannot do it.</exception>
    public static async Task<bool> RotateAsync(string logs, long segmentBytes, int keep, CancellationToken cancellationToken)
    {
        var live = new FileInfo(ServerLog.Path(logs));
        if (!live.Exists) return false;

        var rotated = false;
        var segments = LogSegment.List(logs);
        while (live.Length - (segments.LastOrDefault()?.End ?? 0) >= segmentBytes
            && await CutAsync(logs, segments.LastOrDefault(), segmentBytes, cancellationToken))
        {
            segments = LogSegment.List(logs);
            TakeOut(live.FullName, segments[^1].End);
            foreach (var old in segments.SkipLast(keep)) File.Delete(old.Path);
            rotated = true;
        }

        return rotated;
    }

    private static async Task<bool> CutAsync(string logs, LogSegment? previous, long segmentBytes, CancellationToken cancellationToken)
    {
        var start = previous?.End ?? 0;
        var (end, time) = (start, previous?.LastUnixNanos ?? 0);
        using var live = LogLines.Open(ServerLog.Path(logs));
        await foreach (var line in LogLines.ReadAsync(live, start, cancellationToken))
        {
            (end, time) = (line.End, LogTime.Of(line.Text.Span, time));
            if (end - start >= segmentBytes) break;
        }

        if (end == start) return false;

        var unfinished = Path.Combine(logs, Unfinished);
        using (var segment = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
        {
            File.SetUnixFileMode(segment, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await CopyAsync(live, segment, start, end, cancellationToken);
            RandomAccess.FlushToDisk(segment);
        }

        File.Move(unfinished, LogSegment.PathOf(logs, start, time), overwrite: true);
        return true;
    }

    private static async Task CopyAsync(SafeFileHandle from, SafeFileHandle to, long start, long end, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (var position = start; position < end;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - position));
            var read = await RandomAccess.ReadAsync(from, part, position, cancellationToken);
            if (read == 0) throw new EndOfStreamException("A log became shorter while it was rotated.");
            await RandomAccess.WriteAsync(to, part[..read], position - start, cancellationToken);
            position += read;
        }
    }

    private static void TakeOut(string path, long end)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (Libc.Allocate(file, Libc.PunchHole | Libc.KeepSize, 0, end) == 0) return;
        var reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        throw new IOException($"The log {path} cannot be rotated on this file system: {reason}.");
    }
}
