using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Tests.Http2.Relaying;

/// <summary>A caller, a service, and the relay between them.</summary>
internal sealed class Relay : IRequestRouter, IAsyncDisposable
{
    private readonly RelayConnection _server;
    private readonly RelayConnection _client;
    private readonly Task _running;

    private Relay(RelayLimits limits)
    {
        var (here, caller) = DuplexPipe.CreatePair();
        var (there, service) = DuplexPipe.CreatePair();
        (Caller, Service) = (new Peer(caller), new Peer(service));
        _client = RelayConnection.Client(there, limits, TimeProvider.System);
        _server = RelayConnection.Server(here, this, limits, TimeProvider.System);
        _running = Task.WhenAll(RunAsync(_client, there), RunAsync(_server, here));
    }

    public Peer Caller { get; }

    public Peer Service { get; }

    /// <summary>What was told of calls.</summary>
    public List<Account> Calls { get; } = [];

    public static async Task<Relay> StartAsync(RelayLimits? limits = null, params (Protocols.Http2.Frames.SettingId, int)[] serviceSettings)
    {
        var relay = new Relay(limits ?? new RelayLimits());
        await relay.Service.SkipPrefaceAsync();
        await relay.Service.SettleAsync(serviceSettings);
        await relay._client.Introduced.WaitAsync(Peer.Soon);
        await relay.Caller.IntroduceAsync();
        return relay;
    }

    public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast)
    {
        var account = new Account();
        Calls.Add(account);
        return _client.TryOpen(caller, request, isLast, account);
    }

    /// <summary>What the service has ended its connection for.</summary>
    public string? Complaint => _client.Complaint;

    /// <summary>Completes when the service ends its connection.</summary>
    public Task Leaving => _client.Leaving;

    public void Shutdown() => _server.Shutdown();

    /// <summary>Makes a request of the relay's own.</summary>
    public OwnRequest? TryAsk(HeaderFields request, bool isLast) => _client.TryAsk(request, isLast);

    public async ValueTask DisposeAsync()
    {
        _server.Abort("The test is over.");
        _client.Abort("The test is over.");
        await _running.WaitAsync(Peer.Soon);
    }

    private static async Task RunAsync(RelayConnection connection, DuplexPipe transport)
    {
        await connection.RunAsync();
        transport.Complete();
    }

    /// <summary>What was told of one call.</summary>
    public sealed class Account : RelayedCall
    {
        private readonly TaskCompletionSource _ended = new();

        public int Status { get; private set; }

        public Task End => _ended.Task.WaitAsync(Peer.Soon);

        public override void Answered(int status, HeaderFields fields) => Status = status;

        public RelayFailure? Failure { get; private set; }

        public override RelayAnswer? Failed(RelayFailure failure, string why)
        {
            Failure = failure;
            return new(502, "text/plain", System.Text.Encoding.ASCII.GetBytes(why), RetryAfterSeconds: 1);
        }

        protected override void Ended() => _ended.SetResult();
    }
}
