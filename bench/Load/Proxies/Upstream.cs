using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies.Contenders;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies;

/// <summary>
/// nginx in an environment's place, on unix sockets as restate-server is: <c>/Bench/small</c> answers with a short JSON string,
/// <c>/Bench/large</c> with one of 64 KiB. Either reads whatever body it is sent.
/// </summary>
internal sealed class Upstream : IAsyncDisposable
{
    public const string Small = "Bench/small";
    public const string Large = "Bench/large";
    public const int LargeBytes = 64 * 1024;

    private readonly TemporaryFolder _folder = new("rc-upstream-");
    private readonly int[] _ports = LoopbackPorts.Free(2);
    private ChildProcess? _nginx;

    public static async Task<Upstream> StartAsync()
    {
        var upstream = new Upstream();
        await File.WriteAllTextAsync(upstream._folder.File("large.json"), $"\"{new string('x', LargeBytes - 2)}\"");
        upstream._nginx = await Nginx.StartAsync(
            upstream._folder, "upstream", $"{upstream.Server(Wire.Http1)}\n{upstream.Server(Wire.H2c)}", Cores.Others);
        await Eventually.HoldsAsync(() => Path.Exists(upstream.Socket(Wire.H2c)), "the upstream listens");
        return upstream;
    }

    public string Socket(Wire wire) => _folder.File($"{wire}.sock");

    /// <summary>The same server over TCP, for a load generator that knows no unix sockets.</summary>
    public Uri Url(Wire wire) => new($"http://127.0.0.1:{_ports[(int)wire]}");

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null) await _nginx.DisposeAsync();
        _folder.Dispose();
    }

    // A file is not to be had by POST, which the 405 of the first location leads around.
    private string Server(Wire wire)
    {
        var http2 = wire == Wire.H2c ? " http2" : "";
        return $$"""
              server {
                listen unix:{{Socket(wire)}}{{http2}};
                listen 127.0.0.1:{{_ports[(int)wire]}}{{http2}};
                default_type application/json;
                location = /{{Small}} { return 200 '"Good morning, you!"'; }
                location = /{{Large}} { error_page 405 =200 /large.json; return 405; }
                location = /large.json { internal; root {{_folder.Path}}; open_file_cache max=10; }
              }
            """;
    }
}
