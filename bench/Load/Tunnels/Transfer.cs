using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>One large body.</summary>
/// <param name="MebibytesPerSecond">From the request to the end of the answer.</param>
/// <param name="CpuPerMebibyte">CPU time of the tunnel's processes, or null where there are none.</param>
internal sealed record Transfer(double MebibytesPerSecond, TimeSpan? CpuPerMebibyte)
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="tunnel">The way.</param>
    /// <param name="identity">Whose call it is.</param>
    /// <param name="wire">The protocol of both sides of the tunnel.</param>
    /// <param name="upload">A file to send, or null to get one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Transfer> RunAsync(ITunnel tunnel, SignedIdentity identity, Wire wire, string? upload, CancellationToken cancellationToken)
    {
        var call = await TunnelCall.ThroughAsync(tunnel, identity, wire, Service.Large, cancellationToken);
        var before = ProcessStatistics.CpuTime(tunnel.ProcessIds);
        var time = wire == Wire.Http1
            ? await Curl.MoveAsync(call, upload, Patience, cancellationToken)
            : await NgHttp.MoveAsync(call, upload, Patience, cancellationToken);
        var cpu = ProcessStatistics.CpuTime(tunnel.ProcessIds) - before;
        const double Mebibytes = Service.LargeBytes / Mebibyte;
        return new Transfer(Mebibytes / time.TotalSeconds, cpu / Mebibytes);
    }
}
