using System.Text;
using RestateCloud.Protocols.Http1.Relaying;
using RestateCloud.Protocols.Http2.Frames;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;
using RestateCloud.Protocols.Streams;
using RestateCloud.Protocols.Tests.Http2.Relaying;

namespace RestateCloud.Protocols.Tests.Http1.Relaying;

/// <summary>A caller that speaks HTTP/2, connections of a service that speaks HTTP/1.1, and the relay between them.</summary>
internal sealed class ServiceRelay : IRequestRouter, IAsyncDisposable
{
    public const string Post = ":method POST\n:scheme http\n:path /invoke\n:authority service";
    public const string Get = ":method GET\n:scheme http\n:path /discover\n:authority service";

    private readonly RelayLimits _limits;
    private readonly RelayConnection _server;
    private readonly List<Http1Service> _services = [];
    private readonly List<Task> _running = [];
    private int _idle;

    private ServiceRelay(RelayLimits limits)
    {
        _limits = limits;
        var (here, caller) = DuplexPipe.CreatePair();
        Caller = new Peer(caller);
        _server = RelayConnection.Server(here, this, limits, TimeProvider.System);
        _running.Add(RunAsync(_server.RunAsync(), here));
    }

    public Peer Caller { get; }

    /// <summary>What was told of calls.</summary>
    public List<Account> Calls { get; } = [];

    /// <summary>How often a connection has said that it takes a call.</summary>
    public int Idle => Volatile.Read(ref _idle);

    public static async Task<ServiceRelay> StartAsync(RelayLimits? limits = null, params (SettingId, int)[] callerSettings)
    {
        var relay = new ServiceRelay(limits ?? new RelayLimits());
        await relay.Caller.IntroduceAsync(callerSettings);
        return relay;
    }

    /// <summary>Adds a connection to the service; calls go on the first that takes them.</summary>
    public ServicePeer Connect()
    {
        var (here, there) = DuplexPipe.CreatePair();
        var end = new Http1Service(here, _limits, TimeProvider.System, () => Interlocked.Increment(ref _idle));
        var running = RunAsync(end.RunAsync(), here);
        lock (_services) _services.Add(end);
        _running.Add(running);
        return new ServicePeer(there, end, running);
    }

    public bool TryRoute(RelayStream caller, HeaderFields request, bool isLast)
    {
        var account = new Account(this, request.Clone());
        lock (Calls) Calls.Add(account);
        return TryOpen(caller, request, isLast, account);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Abort("The test is over.");
        foreach (var service in _services) service.Shutdown();
        await Task.WhenAll(_running).WaitAsync(Peer.Soon);
    }

    private bool TryOpen(RelayStream caller, HeaderFields request, bool isLast, Account account)
    {
        lock (_services) return _services.Exists(service => service.TryOpen(caller, request, isLast, account));
    }

    private static async Task RunAsync(Task running, DuplexPipe transport)
    {
        await running;
        transport.Complete();
    }

    /// <summary>What was told of one call.</summary>
    public sealed class Account(ServiceRelay relay, HeaderFields request) : RelayedCall
    {
        private readonly TaskCompletionSource _ended = new();

        public int Status { get; private set; }

        public int Attempts { get; private set; } = 1;

        public Task End => _ended.Task.WaitAsync(Peer.Soon);

        public override void Answered(int status, HeaderFields fields) => Status = status;

        public override bool TryAgain(RelayStream caller, bool isLast)
        {
            Attempts++;
            return relay.TryOpen(caller, request, isLast, this);
        }

        public override RelayAnswer? Failed(RelayFailure failure, string why) => new(502, "text/plain", Encoding.ASCII.GetBytes(why));

        protected override void Ended() => _ended.SetResult();
    }
}
