namespace RestateCloud.Load.Proxies.Hosts;

/// <summary>This program as a proxy: serves until its standard input ends, so that it never outlives the benchmark.</summary>
internal static class ProxyHost
{
    public const string Command = "host";
    public const string Gateway = "gateway";
    public const string Forwarder = "forwarder";
    public const string ReverseProxy = "reverse-proxy";

    /// <param name="arguments">Kind, protocol, port, unix socket of the upstream, folder for the gateway's grains.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var (wire, port, socket, folder) = (Enum.Parse<Wire>(arguments[1]), int.Parse(arguments[2]), arguments[3], arguments[4]);
        await using var application = arguments[0] switch
        {
            Gateway => GatewayHost.Create(port, socket, folder),
            Forwarder => BareHosts.CreateForwarder(wire, port, socket),
            ReverseProxy => BareHosts.CreateReverseProxy(wire, port, socket),
            var kind => throw new ArgumentException($"No such proxy: {kind}"),
        };
        await application.StartAsync();
        Console.WriteLine($"Ready {(arguments[0] == Gateway ? await GatewayHost.CreateKeyAsync(application.Services) : "")}");
        await EndOfInputAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await application.StopAsync(limit.Token);
    }

    // Reading the console takes a thread for itself: on one core the thread pool has no other to give.
    private static Task EndOfInputAsync() => Task.Factory.StartNew(
        Console.In.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
