using RestateCloud.Load.Generators;

namespace RestateCloud.Load.Proxies;

/// <summary>The gateway, with an API key to check, against proxies that check nothing.</summary>
internal static class ProxyBenchmark
{
    private const int Rounds = 15;
    private const int SmallBytes = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortWarmUp = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var upstream = await Upstream.StartAsync();

        await using (var field = new ProxyField(Wire.Http1, upstream))
        {
            await field.StartAsync();
            var wrk = new Wrk(connections: 64);
            await new Contest(wrk, Cores.Others, WarmUp, Rounds, Turn).RunAsync(
                $"POST of {SmallBytes} bytes, HTTP/1.1, 64 connections (wrk)", field.Contestants(Upstream.Small, SmallBytes), ProxyField.BareYarp, cancellationToken);
            await new Contest(wrk, Cores.Others, ShortWarmUp, Rounds, Turn).RunAsync(
                "POST of 64 KiB, answered with 64 KiB, HTTP/1.1, 64 connections (wrk)",
                field.Contestants(Upstream.Large, Upstream.LargeBytes),
                ProxyField.BareYarp,
                cancellationToken);
        }

        await using (var field = new ProxyField(Wire.H2c, upstream))
        {
            await field.StartAsync();
            var h2load = new H2Load(http1: false, connections: 8, streams: 8);
            await new Contest(h2load, Cores.Others, WarmUp, Rounds, Turn).RunAsync(
                $"POST of {SmallBytes} bytes, h2c, 8 connections with 8 streams each (h2load)",
                field.Contestants(Upstream.Small, SmallBytes),
                ProxyField.BareYarp,
                cancellationToken);
        }
    }
}
