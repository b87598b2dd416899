using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RestateCloud.Gateway.Tests.Tunnels;

/// <summary>A tunnel's client: connects to the gateway and is Kestrel on that connection.</summary>
internal sealed class TestTunnelClient : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _trailers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> _hello;
    private readonly RequestDelegate _service;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    private TestTunnelClient(int port, Dictionary<string, string> hello, RequestDelegate service)
    {
        (_hello, _service) = (hello, service);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IConnectionListenerFactory>(new Connector(port));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => async connection =>
            {
                await next(connection);
                _ended.TrySetResult(connection is WatchedConnection { HasGoAway: true });
            });
        }));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>What the gateway ended the handshake with.</summary>
    public Task<IReadOnlyDictionary<string, string>> Trailers => _trailers.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Completes with the connection: true when GOAWAY came before its end, false when it was cut off.</summary>
    public Task<bool> Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Whether it is still open.</summary>
    public bool IsOpen => !_ended.Task.IsCompleted;

    /// <summary>Whether it was told that the server goes away.</summary>
    public bool IsDrained { get; private set; }

    /// <param name="port">The gateway's tunnel port.</param>
    /// <param name="credential">The token.</param>
    /// <param name="environmentId">The environment that it says it serves.</param>
    /// <param name="name">The tunnel, or null to leave the choice to the gateway.</param>
    /// <param name="service">What answers the calls.</param>
    public static async Task<TestTunnelClient> StartAsync(int port, string? credential, string environmentId, string? name, RequestDelegate? service = null)
    {
        var hello = new Dictionary<string, string> { ["environment-id"] = environmentId, ["supports-drain"] = "true" };
        if (credential is not null) hello["authorization"] = $"Bearer {credential}";
        if (name is not null) hello["tunnel-name"] = name;
        var client = new TestTunnelClient(port, hello, service ?? (_ => Task.CompletedTask));
        await client._application.StartAsync();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2))) await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _requests) > 1)
        {
            if (context.Request.Path == "/_/drain-tunnel")
            {
                IsDrained = true;
                return;
            }

            await _service(context);
            return;
        }

        foreach (var (name, value) in _hello) context.Response.Headers[name] = value;
        await context.Response.Body.FlushAsync();
        await context.Request.Body.CopyToAsync(Stream.Null);
        var trailers = context.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers;
        _trailers.TrySetResult(trailers.ToDictionary(trailer => trailer.Key, trailer => trailer.Value.ToString()));
    }

    private sealed class Connector(int port) : IConnectionListenerFactory, IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();
        private int _connected;

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, port);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref _connected, 1) == 0)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(EndPoint, cancellationToken);
                return new WatchedConnection(socket);
            }

            try
            {
                await Task.Delay(Timeout.Infinite, _unbound.Token);
            }
            catch (OperationCanceledException)
            {
                // Nothing more is accepted.
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.Cancel();
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
