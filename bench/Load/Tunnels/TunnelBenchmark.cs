using RestateCloud.Load.Generators;
using RestateCloud.Load.Proxies;

namespace RestateCloud.Load.Tunnels;

/// <summary>A service behind the product's tunnel, behind <c>ssh -R</c>, and asked directly.</summary>
internal static class TunnelBenchmark
{
    // Those with hundreds at once differ by a tenth from each other.
    private const int Rounds = 15;
    private const int TransferRounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortWarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(TunnelPart parts, CancellationToken cancellationToken)
    {
        await using var service = await Service.StartAsync();
        await using var product = await ProductTunnel.StartAsync(service, cancellationToken);
        await using var ssh = await SshTunnel.StartAsync(service, cipher: null, cancellationToken);
        ITunnel[] tunnels = [new Direct(service), product, ssh];

        if (parts.HasFlag(TunnelPart.Http1))
            await AskAsync(tunnels, product, Wire.Http1, [(1, 1), (64, 1), (512, 1)], cancellationToken);
        if (parts.HasFlag(TunnelPart.H2c))
            await AskAsync(tunnels, product, Wire.H2c, [(1, 1), (8, 8), (8, 64)], cancellationToken);
        if (parts.HasFlag(TunnelPart.Bodies))
        {
            // With the cipher of TLS: the one that OpenSSH prefers is slower where a processor has instructions for AES.
            await using var gcm = await SshTunnel.StartAsync(service, "aes256-gcm@openssh.com", cancellationToken);
            foreach (var wire in (Wire[])[Wire.Http1, Wire.H2c])
                await new TransferContest(TransferRounds, product.Identity).RunAsync(wire, [.. tunnels, gcm], cancellationToken);
        }
    }

    private static async Task AskAsync(
        ITunnel[] tunnels, ProductTunnel product, Wire wire, (int Connections, int Streams)[] loads, CancellationToken cancellationToken)
    {
        // The others are not compiled while they run.
        await new H2Load(http1: wire == Wire.Http1, connections: 8, streams: wire == Wire.Http1 ? 1 : 8)
            .RunAsync(await TargetAsync(product, product.Identity, wire, cancellationToken), WarmUp, core: null, cancellationToken);
        foreach (var (connections, streams) in loads)
        {
            var generator = new H2Load(http1: wire == Wire.Http1, connections, streams);
            var title = wire == Wire.Http1 ? $"HTTP/1.1, connections: {connections}" : $"h2c, connections: {connections}, streams on each: {streams}";
            await new Contest(generator, Core: null, ShortWarmUp, Rounds, Turn).RunAsync(
                $"GET of a short answer, {title} (h2load)",
                [.. tunnels.Select(tunnel => new Contestant(tunnel.Name, token => TargetAsync(tunnel, product.Identity, wire, token), tunnel.ProcessIds))],
                tunnels[^1].Name,
                cancellationToken);
        }
    }

    private static async Task<LoadTarget> TargetAsync(ITunnel tunnel, SignedIdentity identity, Wire wire, CancellationToken cancellationToken)
    {
        var call = await TunnelCall.ThroughAsync(tunnel, identity, wire, Service.Small, cancellationToken);
        return new LoadTarget(call.Url, null, null, BodyBytes: 0) { Headers = call.Headers };
    }
}
