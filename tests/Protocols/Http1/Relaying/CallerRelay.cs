using System.IO.Pipelines;
using System.Text;
using RestateCloud.Protocols.Http1.Relaying;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>A caller who speaks HTTP/1.1, a service that speaks HTTP/2, and the relay between them.</summary>
internal sealed class CallerRelay : IRequestRouter, IAsyncDisposable
{
    // Nothing is taken of what is sent before it is read.
    private static readonly PipeOptions NoBuffer = new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false);

    private readonly DuplexPipe _here;
    private readonly Http1Caller _caller;
    private readonly RelayConnection _client;
    private readonly Task _running;

    private CallerRelay(RelayLimits given, TimeProvider clock)
    {
        // The service of a test does not answer whether it is there, and a test may be held up.
        var limits = given with { PingDelay = TimeSpan.FromDays(1) };
        var (requests, answers) = (new Pipe(NoBuffer), new Pipe(NoBuffer));
        _here = new DuplexPipe(requests.Reader, answers.Writer);
        var (there, service) = DuplexPipe.CreatePair();
        (Caller, Service) = (new TextPeer(new DuplexPipe(answers.Reader, requests.Writer)), new Peer(service));
        _client = RelayConnection.Client(there, limits, clock);
        _caller = new Http1Caller(_here, this, limits, clock);
        Left = LeftAsync();
        _running = RunAsync(_client, there);
    }

    public TextPeer Caller { get; }

    public Peer Service { get; }

    /// <summary>What was told of calls.</summary>
    public List<Account> Calls { get; } = [];

    /// <summary>Whether calls find no way.</summary>
    public bool Refuses { get; init; }

    /// <summary>What the connection's next owner finds on it; null when it has none.</summary>
    public Task<string?> Left { get; }

    public static async Task<CallerRelay> StartAsync(
        RelayLimits? limits = null, TimeProvider? clock = null, bool refuses = false, params (SettingId, int)[] serviceSettings)
    {
        var relay = new CallerRelay(limits ?? new RelayLimits(), clock ?? TimeProvider.System) { Refuses = refuses };
        await relay.Service.SkipPrefaceAsync();
        await relay.Service.SettleAsync(serviceSettings);
        await relay._client.Introduced.WaitAsync(Peer.Soon);
        return relay;
    }

    public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast)
    {
        if (Refuses) return false;
        var account = new Account(this, request.Clone());
        Calls.Add(account);
        return _client.TryOpen(caller, request, isLast, account);
    }

    public void Shutdown() => _caller.Shutdown();

    public async ValueTask DisposeAsync()
    {
        _caller.Abort();
        _client.Abort("The test is over.");
        await _running.WaitAsync(Peer.Soon);
        _here.Complete();
        await Left.WaitAsync(Peer.Soon);
    }

    private static async Task RunAsync(RelayConnection connection, DuplexPipe transport)
    {
        await connection.RunAsync();
        transport.Complete();
    }

    private async Task<string?> LeftAsync()
    {
        var isLeft = await _caller.RunAsync();
        var left = isLeft && _here.Input.TryRead(out var read) ? Encoding.Latin1.GetString(read.Buffer) : null;
        _here.Complete();
        return left;
    }

    /// <summary>What was told of one call.</summary>
    public sealed class Account(CallerRelay relay, HeaderFields request) : RelayedCall
    {
        private readonly TaskCompletionSource _ended = new();

        public int Status { get; private set; }

        public RelayFailure? Failure { get; private set; }

        public Task End => _ended.Task.WaitAsync(Peer.Soon);

        public override void Answered(int status, HeaderFields fields) => Status = status;

        public override bool TryAgain(RelayStream caller, bool isLast) => relay._client.TryOpen(caller, request, isLast, this);

        public override RelayAnswer? Failed(RelayFailure failure, string why)
        {
            Failure = failure;
            return new(502, "text/plain", "broken off"u8.ToArray(), RetryAfterSeconds: 1);
        }

        protected override void Ended() => _ended.SetResult();
    }
}
