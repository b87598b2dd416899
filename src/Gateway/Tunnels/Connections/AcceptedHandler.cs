using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Gateway.Tunnels.Connections;

/// <summary>
/// Sends .NET's requests on an accepted connection: <see cref="SocketsHttpHandler"/> speaks HTTP/2 to a relay within this process, which
/// passes its requests on beside the calls of others.
/// </summary>
internal static class AcceptedHandler
{
    /// <summary>Nothing reads the name: there is no connecting by it.</summary>
    public const string Origin = "http://tunnel";

    private const int StreamWindow = 1024 * 1024;
    private const int ResponseHeadersKiB = 32;
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);

    /// <summary>What requests name as their host.</summary>
    public static ReadOnlySpan<byte> Authority => "tunnel"u8;

    public static HttpMessageHandler Create(RelayConnection accepted, RelayLimits limits, TimeProvider clock)
    {
        // Both ends are in this process: none is asked whether it is there, and requests are taken back for those who take them back.
        var inner = limits with
        {
            ConcurrentStreams = int.MaxValue,
            Resets = int.MaxValue,
            ResetsAtOnce = int.MaxValue,
            UnreadPieces = int.MaxValue,
            PingDelay = Never,
            Patience = Never,
        };
        return new PromptBodies(new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => new(Connect(accepted, inner, clock)),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = false,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            InitialHttp2StreamWindowSize = StreamWindow,
            MaxResponseHeadersLength = ResponseHeadersKiB,
            ActivityHeadersPropagator = null,
        });
    }

    private static Stream Connect(RelayConnection accepted, RelayLimits limits, TimeProvider clock)
    {
        if (accepted.Leaving.IsCompleted) throw new ConnectionGoneException();
        var (here, there) = DuplexPipe.CreatePair();
        var relay = RelayConnection.Server(here, new Onward(accepted), limits, clock);
        // At once: the handler is to know it before it hears which of its requests were not taken.
        _ = accepted.Leaving.ContinueWith(_ => relay.Shutdown(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ = RunAsync(relay, here);
        return new DuplexPipeStream(there);
    }

    private static async Task RunAsync(RelayConnection relay, DuplexPipe pipe)
    {
        await relay.RunAsync();
        pipe.Complete();
    }

    private sealed class Onward(RelayConnection accepted) : IRequestRouter
    {
        public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast) => accepted.TryOpen(caller, request, isLast, call: null);
    }
}
