using System.Globalization;
using System.Net;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>The TCP addresses that a process listens on.</summary>
public static class Listener
{
    private const string Listening = "0A";

    public static IReadOnlyList<IPEndPoint> Of(int processId)
    {
        var sockets = new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos()
            .Select(descriptor => descriptor.LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();
        return
        [
            .. from table in (string[])["tcp", "tcp6"]
               from line in File.ReadLines($"/proc/{processId}/net/{table}").Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] == Listening && sockets.Contains(fields[9])
               select Parse(fields[1]),
        ];
    }

    // Groups of four bytes in the order of this machine, then the port.
    private static IPEndPoint Parse(string address)
    {
        var colon = address.IndexOf(':');
        var bytes = Convert.FromHexString(address.AsSpan(0, colon));
        for (var group = 0; group < bytes.Length; group += 4) bytes.AsSpan(group, 4).Reverse();
        return new IPEndPoint(new IPAddress(bytes), int.Parse(address.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
