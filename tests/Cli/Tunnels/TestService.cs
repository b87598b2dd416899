using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>A service on this machine, on a port for h2c and one for HTTP/1.1.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _calls;

    private TestService(RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _application = builder.Build();
        _application.Run(context =>
        {
            Interlocked.Increment(ref _calls);
            return handler(context);
        });
    }

    /// <summary>How often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public int Http2Port => new Uri(_application.Urls.First()).Port;

    public int Http1Port => new Uri(_application.Urls.Last()).Port;

    public static async Task<TestService> StartAsync(RequestDelegate handler)
    {
        var service = new TestService(handler);
        await service._application.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}
