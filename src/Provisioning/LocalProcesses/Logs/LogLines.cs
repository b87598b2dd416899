using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace RestateCloud.Provisioning.LocalProcesses.Logs;

/// <summary>A line of a file.</summary>
/// <param name="Text">Without its line break; valid until the next line is asked for.</param>
/// <param name="End">The offset after its line break.</param>
internal readonly record struct RawLine(ReadOnlyMemory<byte> Text, long End);

/// <summary>Reads files line by line within a fixed amount of memory.</summary>
internal static class LogLines
{
    /// <summary>Longer lines are cut off here, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Opens a file that others write to, rename and delete.</summary>
    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

    /// <summary>As <see cref="Open"/>, or null when it is not there.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// The whole lines of a file from an offset on, which must be the beginning of a line. Ends before a line without an end: it is still
    /// being written.
    /// </summary>
    public static async IAsyncEnumerable<RawLine> ReadAsync(
        SafeFileHandle file, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLine);
        try
        {
            int kept = 0, read;
            var cutting = false;
            while ((read = await RandomAccess.ReadAsync(file, buffer.AsMemory(kept), offset + kept, cancellationToken)) > 0)
            {
                var filled = kept + read;
                var used = 0;
                while (buffer.AsSpan(used, filled - used).IndexOf((byte)'\n') is >= 0 and var length)
                {
                    var line = buffer.AsMemory(used, Math.Min(length, LongestLine));
                    used += length + 1;
                    if (!cutting) yield return new RawLine(line, offset + used);
                    cutting = false;
                }

                if (used == 0 && filled == buffer.Length)
                {
                    // No end in sight: give its beginning, once, and skip the rest.
                    if (!cutting) yield return new RawLine(buffer.AsMemory(0, LongestLine), offset + filled);
                    cutting = true;
                    used = filled;
                }

                kept = filled - used;
                buffer.AsSpan(used, kept).CopyTo(buffer);
                offset += used;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
