using RestateCloud.Load.Generators;

namespace RestateCloud.Load.Proxies;

/// <summary>The gateway, with an API key to check, against proxies that check nothing.</summary>
internal static class ProxyBenchmark
{
    private const int Heats = 2;
    private const int Rounds = 3;
    private const int SmallBytes = 32;
    // Until the compiler has nothing left to do: on a core that it shares with the load it is at it for 25 s.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortWarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var upstream = await Upstream.StartAsync();
        await RunHttp1Async(upstream, cancellationToken);
        await RunH2cAsync(upstream, cancellationToken);
    }

    private static async Task RunHttp1Async(Upstream upstream, CancellationToken cancellationToken)
    {
        var (small, large) = (new Scores(ProxyField.BareYarp), new Scores(ProxyField.BareYarp));
        var wrk = new Wrk(connections: 64);
        for (var heat = 0; heat < Heats; heat++)
        {
            await using var field = new ProxyField(Wire.Http1, upstream);
            await field.StartAsync();
            await new Contest(wrk, Cores.Others, WarmUp, Rounds, Turn)
                .RunHeatAsync(field.Contestants(Upstream.Small, SmallBytes), small, cancellationToken);
            await new Contest(wrk, Cores.Others, ShortWarmUp, Rounds, Turn)
                .RunHeatAsync(field.Contestants(Upstream.Large, Upstream.LargeBytes), large, cancellationToken);
        }

        small.Write($"POST of {SmallBytes} bytes, HTTP/1.1, 64 connections (wrk)");
        large.Write("POST of 64 KiB, answered with 64 KiB, HTTP/1.1, 64 connections (wrk)");
    }

    private static async Task RunH2cAsync(Upstream upstream, CancellationToken cancellationToken)
    {
        var scores = new Scores(ProxyField.BareYarp);
        var h2load = new H2Load(http1: false, connections: 8, streams: 8);
        for (var heat = 0; heat < Heats; heat++)
        {
            await using var field = new ProxyField(Wire.H2c, upstream);
            await field.StartAsync();
            await new Contest(h2load, Cores.Others, WarmUp, Rounds, Turn)
                .RunHeatAsync(field.Contestants(Upstream.Small, SmallBytes), scores, cancellationToken);
        }

        scores.Write($"POST of {SmallBytes} bytes, h2c, 8 connections with 8 streams each (h2load)");
    }
}
