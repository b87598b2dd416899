using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using RestateCloud.Grains.Environments;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Hosting;

/// <summary>
/// A server in an environment's place, on one unix socket with HTTP/1.1 and h2c as restate-server has it. Kestrel cannot do both on one
/// endpoint, so the socket looks at the first bytes and pipes to one of two.
/// </summary>
internal sealed class TestUpstream : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _application;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private TestUpstream(RequestDelegate handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenUnixSocket(_folder.File("h1"), listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.ListenUnixSocket(_folder.File("h2"), listen => listen.Protocols = HttpProtocols.Http2);
        });
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(handler);
    }

    public UpstreamAddress Address => UpstreamAddress.Unix(_folder.File("socket"));

    public static async Task<TestUpstream> StartAsync(RequestDelegate handler)
    {
        var upstream = new TestUpstream(handler);
        await upstream._application.StartAsync();
        upstream._socket.Bind(new UnixDomainSocketEndPoint(upstream._folder.File("socket")));
        upstream._socket.Listen();
        _ = upstream.AcceptAsync();
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        using (var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PipeAsync(await _socket.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PipeAsync(Socket client)
    {
        using var inner = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var start = new byte[3];
            await client.ReceiveAsync(start, SocketFlags.Peek);
            await inner.ConnectAsync(new UnixDomainSocketEndPoint(_folder.File(start.AsSpan().SequenceEqual("PRI"u8) ? "h2" : "h1")));
            await Task.WhenAll(CopyAsync(client, inner), CopyAsync(inner, client));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Either side broke off; the other learns of it by the disposal.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer) is var count and > 0)
        {
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
