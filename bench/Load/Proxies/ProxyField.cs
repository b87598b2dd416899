using RestateCloud.Load.Generators;
using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies.Contenders;
using RestateCloud.Load.Proxies.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies;

/// <summary>All proxies for one protocol, running side by side in front of the same upstream.</summary>
internal sealed class ProxyField(Wire wire, Upstream upstream) : IAsyncDisposable
{
    /// <summary>The contestant that the others are measured by.</summary>
    public const string BareYarp = "bare YARP";

    private readonly TemporaryFolder _folder = new("rc-proxies-");
    private readonly List<(string Name, ChildProcess Process, Uri Url, bool IsCompiled)> _proxies = [];
    private string? _key;

    public async Task StartAsync()
    {
        _key = await AddDotnetAsync("the gateway", ProxyHost.Gateway);
        await AddDotnetAsync(BareYarp, ProxyHost.Forwarder);
        await AddDotnetAsync("YARP with routes", ProxyHost.ReverseProxy);
        await AddAsync("nginx", port => Nginx.ProxyAsync(_folder, wire, port, upstream));
        await AddAsync("HAProxy", port => Haproxy.ProxyAsync(_folder, wire, port, upstream));
    }

    /// <summary>All of them asked the same, credential included, and the upstream itself.</summary>
    public IReadOnlyList<Contestant> Contestants(string path, int bodyBytes) =>
    [
        new("direct", Target(upstream.Url(wire), path, bodyBytes)) { IsToBeWarmedUp = false },
        .. _proxies.Select(proxy =>
            new Contestant(proxy.Name, Target(proxy.Url, path, bodyBytes), proxy.Process.Id) { IsToBeWarmedUp = !proxy.IsCompiled }),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process, _, _) in _proxies) await process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> AddDotnetAsync(string name, string kind)
    {
        var port = LoopbackPorts.Free(1)[0];
        var (process, key) = await DotnetProxy.StartAsync(_folder, kind, wire, port, upstream);
        _proxies.Add((name, process, Url(port), IsCompiled: false));
        return key;
    }

    private async Task AddAsync(string name, Func<int, Task<ChildProcess>> start)
    {
        var port = LoopbackPorts.Free(1)[0];
        _proxies.Add((name, await start(port), Url(port), IsCompiled: true));
        await Eventually.HoldsAsync(() => LoopbackPorts.ListensAsync(port), $"{name} listens");
    }

    private LoadTarget Target(Uri server, string path, int bodyBytes) => new(new Uri(server, path), null, _key, bodyBytes);

    private static Uri Url(int port) => new($"http://127.0.0.1:{port}");
}
