using System.Diagnostics;
using RestateCloud.Load.Proxies;
using RestateCloud.Load.Reports;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>Interleaved rounds of one download and one upload each; each round begins with another tunnel.</summary>
/// <param name="rounds">How many.</param>
/// <param name="identity">Whose calls they are.</param>
internal sealed class TransferContest(int rounds, SignedIdentity identity)
{
    // The .NET parts are compiled a second time meanwhile.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public async Task RunAsync(Wire wire, IReadOnlyList<ITunnel> tunnels, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("rc-upload-");
        var file = folder.File("body");
        await using (var stream = File.Create(file)) stream.SetLength(Service.LargeBytes);
        foreach (var tunnel in tunnels) await WarmUpAsync(tunnel, wire, file, cancellationToken);

        var downloads = tunnels.ToDictionary(tunnel => tunnel.Name, _ => new List<Transfer>());
        var uploads = tunnels.ToDictionary(tunnel => tunnel.Name, _ => new List<Transfer>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < tunnels.Count; i++)
            {
                var tunnel = tunnels[(i + round) % tunnels.Count];
                downloads[tunnel.Name].Add(await Transfer.RunAsync(tunnel, identity, wire, upload: null, cancellationToken));
                uploads[tunnel.Name].Add(await Transfer.RunAsync(tunnel, identity, wire, file, cancellationToken));
            }
        }

        var protocol = wire == Wire.Http1 ? "HTTP/1.1 (curl)" : "h2c (nghttp)";
        Table.Write(
            $"A body of {Service.LargeBytes >> 20} MiB, {protocol}",
            ["", "download, MiB/s", "least and most", "CPU per MiB, ms", "upload, MiB/s", "least and most", "CPU per MiB, ms"],
            tunnels.Select(tunnel => (string[])[tunnel.Name, .. Cells(downloads[tunnel.Name]), .. Cells(uploads[tunnel.Name])]));
    }

    private async Task WarmUpAsync(ITunnel tunnel, Wire wire, string file, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            await Transfer.RunAsync(tunnel, identity, wire, upload: null, cancellationToken);
            await Transfer.RunAsync(tunnel, identity, wire, file, cancellationToken);
        }
        while (tunnel is ProductTunnel && clock.Elapsed < WarmUp);
    }

    private static string[] Cells(IReadOnlyList<Transfer> transfers)
    {
        var speed = new Samples(transfers.Select(transfer => transfer.MebibytesPerSecond));
        return
        [
            $"{speed.Median:N0}",
            $"{speed.Least:N0}–{speed.Greatest:N0}",
            transfers[0].CpuPerMebibyte is null ? "–" : $"{new Samples(transfers.Select(transfer => transfer.CpuPerMebibyte!.Value.TotalMilliseconds)).Median:0.0}",
        ];
    }
}
