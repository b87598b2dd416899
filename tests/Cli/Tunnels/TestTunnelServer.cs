using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RestateCloud.Gateway.SignIn.Certificates;
using RestateCloud.Gateway.Tunnels.Connections;
using RestateCloud.Gateway.Tunnels.Server;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Tunnels;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>The gateway's end of a tunnel with an answer of the test's own to the handshake.</summary>
internal sealed class TestTunnelServer : IAsyncDisposable
{
    private readonly LocalCertificate _certificate = LocalCertificate.Create(["localhost"], DateTimeOffset.UtcNow);
    private readonly ConcurrentQueue<AcceptedConnection> _opened = new();
    private readonly WebApplication _application;

    private TestTunnelServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(_certificate.Server);
            listen.Run(ServeAsync);
        }));
        _application = builder.Build();
    }

    public int Port => new Uri(_application.Urls.Single()).Port;

    /// <summary>What it is trusted with, in PEM.</summary>
    public string Authority => _certificate.Authority.ExportCertificatePem();

    /// <summary>What the client said of itself last.</summary>
    public TunnelHello? Hello { get; private set; }

    /// <summary>What it ends handshakes with; null for never.</summary>
    public Func<TunnelHello, (string Name, string Value)[]?> Decide { get; set; } =
        hello => [(TunnelProtocol.StatusTrailer, TunnelProtocol.StatusOk), (TunnelProtocol.NameHeader, hello.TunnelName!), (TunnelProtocol.ProxyTrailer, "http://localhost:7603")];

    public static async Task<TestTunnelServer> StartAsync()
    {
        var server = new TestTunnelServer();
        await server._application.StartAsync();
        return server;
    }

    /// <summary>The next connection that a client has opened.</summary>
    public Task<AcceptedConnection> NextAsync() =>
        Eventually.GetAsync(() => Task.FromResult(_opened.TryDequeue(out var connection) ? connection : null), "a client connects");

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }

    private async Task ServeAsync(ConnectionContext context)
    {
        await using var connection = new AcceptedConnection(context.Transport, TimeProvider.System);
        try
        {
            var answer = await connection.OpenAsync(context.ConnectionClosed);
            Hello = TunnelHello.Of(answer)!;
            if (Decide(Hello) is { } trailers)
            {
                await connection.EndAsync(Fields(trailers), context.ConnectionClosed);
                _opened.Enqueue(connection);
            }

            await connection.Closed;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private static HeaderFields Fields((string Name, string Value)[] trailers)
    {
        var fields = new HeaderFields(limit: 16 * 1024);
        foreach (var (name, value) in trailers) fields.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        return fields;
    }
}
