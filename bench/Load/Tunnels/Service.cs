using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies;
using RestateCloud.Load.Proxies.Contenders;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>
/// nginx in the place of a service behind a tunnel, on loopback ports. All its paths end as that of a discovery call, the one call of an
/// environment that is to be had without a service on the SDK: that is what its identity is signed for.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    /// <summary>Answers a GET with a short JSON string; a POST too, but before it has read the body, which ends streams of HTTP/2 early.</summary>
    public const string Small = "small/discover";

    /// <summary>Answers a GET with <see cref="LargeBytes"/>, and keeps what is PUT.</summary>
    public const string Large = "large/discover";

    public const long LargeBytes = 256 * 1024 * 1024;

    private readonly TemporaryFolder _folder = new("rc-service-");
    private readonly int[] _ports = LoopbackPorts.Free(2);
    private ChildProcess? _nginx;

    public static async Task<Service> StartAsync()
    {
        var service = new Service();
        var file = service._folder.File(Large.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var stream = File.Create(file)) stream.SetLength(LargeBytes);
        service._nginx = await Nginx.StartAsync(service._folder, "service", $"{service.Server(Wire.Http1)}\n{service.Server(Wire.H2c)}", core: null);
        await Eventually.HoldsAsync(() => LoopbackPorts.ListensAsync(service.Port(Wire.H2c)), "the service listens");
        return service;
    }

    public int Port(Wire wire) => _ports[(int)wire];

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null) await _nginx.DisposeAsync();
        _folder.Dispose();
    }

    private string Server(Wire wire) => $$"""
          server {
            listen 127.0.0.1:{{Port(wire)}}{{(wire == Wire.H2c ? " http2" : "")}};
            default_type application/json;
            client_max_body_size 0;
            location = /{{Small}} { return 200 '"Good morning, you!"'; }
            location = /{{Large}} { root {{_folder.Path}}; dav_methods PUT; }
          }
        """;
}
