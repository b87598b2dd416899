using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Cli.Tunnels.Relaying;

/// <summary>A service without TLS that calls are relayed to in one version of HTTP, and the connections to it.</summary>
internal abstract class RelayedService(Uri origin, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Bytes that are read at a time.</summary>
    protected const int BufferBytes = 64 * 1024;

    /// <summary>After an attempt to connect that failed.</summary>
    protected static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>What one connection may take; how long it may be idle.</summary>
    protected static readonly RelayLimits Limits = new()
    {
        StreamWindow = TunnelLimits.StreamWindow,
        ConnectionWindow = TunnelLimits.ConnectionWindow,
        HeaderBytes = TunnelLimits.HeaderBytes,
        // A service that is stopped in a debugger is there all the same; TCP tells when it is not.
        PingDelay = TunnelLimits.IdleTime,
        Patience = TunnelLimits.IdleTime,
        IdleTime = TimeSpan.FromMinutes(1),
    };

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; } = origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Host and port, as requests name them.</summary>
    public byte[] Authority { get; } = Encoding.ASCII.GetBytes(origin.Authority);

    /// <summary>Whether there is a connection, or one is on its way.</summary>
    public abstract bool IsConnected { get; }

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Cancelled when there are to be no more calls.</summary>
    protected CancellationToken Stopped => _stop.Token;

    /// <summary>Whether there is a connection that takes a call now.</summary>
    public abstract bool TakesCalls();

    /// <summary>Opens a call on the first connection that takes it; false when there is none.</summary>
    public abstract bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, RelayedServiceCall call);

    /// <summary>Begins to connect, unless there are connections enough or on their way.</summary>
    public abstract void EnsureConnected();

    /// <summary>Lets no more calls begin; those that are on a connection go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Shutdown();
    }

    /// <summary>Has each connection end once its calls have.</summary>
    protected abstract void Shutdown();

    /// <summary>Connects; null when that fails: whoever calls goes the long way, and is told there why.</summary>
    protected async Task<Stream?> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
            limit.CancelAfter(TunnelLimits.ConnectTime);
            await socket.ConnectAsync(new DnsEndPoint(origin.IdnHost, origin.Port), limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            return null;
        }
    }
}
