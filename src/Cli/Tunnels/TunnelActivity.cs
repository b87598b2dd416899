using System.Collections.Concurrent;
using System.Threading.Channels;
using RestateCloud.Cli.Tunnels.Connecting;

namespace RestateCloud.Cli.Tunnels;

/// <summary>What goes on, for the person at the terminal.</summary>
internal sealed class TunnelActivity
{
    private const int NotesKept = 256;

    private readonly ConcurrentDictionary<TunnelServer, string> _lastFailures = new();
    private readonly Channel<string> _notes = Channel.CreateBounded<string>(
        new BoundedChannelOptions(NotesKept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private int _connections;
    private int _inFlight;
    private long _requests;
    private long _errors;
    private FinishedCall? _last;

    /// <summary>Connections that are open and take calls.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Calls that are not finished.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Calls that were sent on since the start, both ways.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Calls that were refused here, or that nobody took.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>The call that finished last.</summary>
    public FinishedCall? Last => Volatile.Read(ref _last);

    /// <summary>Sentences about what has happened, in order; the oldest are dropped when nobody reads.</summary>
    public ChannelReader<string> Notes => _notes.Reader;

    public void Connected(TunnelServer server)
    {
        Interlocked.Increment(ref _connections);
        _lastFailures.TryRemove(server, out _);
        Note($"Connected to {server}.");
    }

    public void Disconnected(TunnelServer server)
    {
        Interlocked.Decrement(ref _connections);
        Note($"The connection to {server} is over.");
    }

    /// <summary>Said once, not at each attempt.</summary>
    public void ConnectFailed(TunnelServer server, string why)
    {
        var known = _lastFailures.GetValueOrDefault(server);
        _lastFailures[server] = why;
        if (known != why) Note($"{why} Trying again.");
    }

    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>The one that was begun did not go on.</summary>
    public void Withdraw() => Interlocked.Decrement(ref _inFlight);

    public void End(FinishedCall call)
    {
        Interlocked.Decrement(ref _inFlight);
        Interlocked.Increment(ref _requests);
        Volatile.Write(ref _last, call);
    }

    public void Failed(string sentence)
    {
        Interlocked.Increment(ref _errors);
        Note(sentence);
    }

    public void Note(string sentence) => _notes.Writer.TryWrite(sentence);

    /// <summary>There will be no more notes.</summary>
    public void Complete() => _notes.Writer.TryComplete();
}

/// <summary>A call that has been answered.</summary>
internal sealed record FinishedCall(string Method, string Path, int Status, TimeSpan Duration)
{
    public override string ToString() => $"{Method} {Path} {Status} in {Duration.TotalMilliseconds:0} ms";
}
