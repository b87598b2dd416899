using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies.Contenders;

/// <summary>HAProxy of the distribution with one thread, in the foreground.</summary>
internal static class Haproxy
{
    public static async Task<ChildProcess> ProxyAsync(TemporaryFolder folder, Wire wire, int port, Upstream upstream)
    {
        var proto = wire == Wire.H2c ? " proto h2" : "";
        var file = folder.File($"haproxy-{wire}.cfg");
        await File.WriteAllTextAsync(file, $"""
            global
              nbthread 1
              maxconn 4096
            defaults
              mode http
              timeout connect 5s
              timeout client 1h
              timeout server 1h
              http-reuse always
            frontend clients
              bind 127.0.0.1:{port}{proto}
              default_backend environment
            backend environment
              server environment unix@{upstream.Socket(wire)}{proto}

            """);
        return Pinned.Start(Cores.Proxy, "haproxy", "-db", "-q", "-f", file);
    }
}
