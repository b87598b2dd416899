using System.Globalization;
using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>curl, over HTTP/1.1. Not over HTTP/2: while a window is closed, curl 7.88 asks <c>poll</c> again and again without waiting, on a third of two cores.</summary>
internal static class Curl
{
    /// <summary>Moves one body.</summary>
    /// <returns>From the request to the end of the answer.</returns>
    public static async Task<TimeSpan> MoveAsync(TunnelCall call, string? upload, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("rc-curl-");
        await File.WriteAllLinesAsync(folder.File("headers"), call.Headers.Select(header => $"{header.Name}: {header.Value}"), cancellationToken);
        List<string> arguments =
        [
            "--silent", "--show-error", "--fail", "--output", "/dev/null", "--header", $"@{folder.File("headers")}", "--header", "expect:",
            "--write-out", "%{size_download} %{size_upload} %{time_total}", "--http1.1",
        ];
        if (upload is not null) arguments.AddRange(["--upload-file", upload]);

        var output = await Pinned.RunAsync(null, patience, "curl", [.. arguments, call.Url.ToString()], cancellationToken);
        var numbers = output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        if (numbers[upload is null ? 0 : 1] != Service.LargeBytes) throw new InvalidOperationException($"curl moved less than it was to:\n{output}");
        return TimeSpan.FromSeconds(numbers[2]);
    }
}
