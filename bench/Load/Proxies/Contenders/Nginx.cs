using RestateCloud.Load.Machine;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Proxies.Contenders;

/// <summary>nginx of the distribution as one process in the foreground, with what is to go into its <c>http</c> section.</summary>
internal static class Nginx
{
    public static async Task<ChildProcess> StartAsync(TemporaryFolder folder, string name, string http, int? core)
    {
        var file = folder.File($"{name}.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off;
            master_process off;
            pid {{folder.File($"{name}.pid")}};
            error_log stderr crit;
            events { worker_connections 4096; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_timeout 1h;
              keepalive_requests 1000000000;
              client_max_body_size 32m;
              client_body_buffer_size 128k;
              client_body_temp_path {{folder.File("nginx-body")}};
              proxy_temp_path {{folder.File("nginx-proxy")}};
              fastcgi_temp_path {{folder.File("nginx-fastcgi")}};
              uwsgi_temp_path {{folder.File("nginx-uwsgi")}};
              scgi_temp_path {{folder.File("nginx-scgi")}};
            {{http}}
            }
            """);
        return Pinned.Start(core, "nginx", "-c", file, "-p", folder.Path, "-e", "stderr");
    }

    /// <summary>A reverse proxy in front of a unix socket. It speaks HTTP/1.1 upstream whatever its clients speak: it knows no other.</summary>
    public static Task<ChildProcess> ProxyAsync(TemporaryFolder folder, Wire wire, int port, Upstream upstream) => StartAsync(
        folder,
        $"proxy-{wire}",
        $$"""
            upstream environment {
              server unix:{{upstream.Socket(Wire.Http1)}};
              keepalive 256;
              keepalive_requests 1000000000;
            }
            server {
              listen 127.0.0.1:{{port}}{{(wire == Wire.H2c ? " http2" : "")}};
              location / {
                proxy_pass http://environment;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_buffer_size 16k;
                proxy_buffers 16 16k;
              }
            }
          """,
        Cores.Proxy);
}
