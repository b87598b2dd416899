using System.Globalization;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>One large body, by curl.</summary>
/// <param name="MebibytesPerSecond">From the request to the end of the answer.</param>
/// <param name="CpuPerMebibyte">CPU time of the tunnel's processes, or null where there are none.</param>
internal sealed record Transfer(double MebibytesPerSecond, TimeSpan? CpuPerMebibyte)
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="tunnel">The way.</param>
    /// <param name="wire">The protocol of curl and of the service.</param>
    /// <param name="upload">A file to send, or null to get one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Transfer> RunAsync(ITunnel tunnel, Wire wire, string? upload, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("rc-curl-");
        var address = await tunnel.AddressAsync(wire, Service.Large, cancellationToken);
        await File.WriteAllLinesAsync(folder.File("headers"), address.Headers.Select(header => $"{header.Name}: {header.Value}"), cancellationToken);
        List<string> arguments =
        [
            "--silent", "--show-error", "--fail", "--output", "/dev/null", "--header", $"@{folder.File("headers")}", "--header", "expect:",
            "--write-out", "%{size_download} %{size_upload} %{time_total}", wire == Wire.Http1 ? "--http1.1" : "--http2-prior-knowledge",
        ];
        if (upload is not null) arguments.AddRange(["--upload-file", upload]);

        var before = ProcessStatistics.CpuTime(tunnel.ProcessIds);
        var output = await Pinned.RunAsync(null, Patience, "curl", [.. arguments, address.Url.ToString()], cancellationToken);
        var cpu = ProcessStatistics.CpuTime(tunnel.ProcessIds) - before;
        var numbers = output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var bytes = upload is null ? numbers[0] : numbers[1];
        if (bytes != Service.LargeBytes) throw new InvalidOperationException($"{tunnel.Name} carried {bytes} bytes:\n{output}");
        return new Transfer(bytes / Mebibyte / numbers[2], cpu / (bytes / Mebibyte));
    }
}
