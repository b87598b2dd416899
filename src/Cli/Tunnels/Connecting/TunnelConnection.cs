using System.Net.Security;
using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>A connection to a tunnel server, from its opening to its end. Kestrel finds it among the connection's features.</summary>
internal sealed class TunnelConnection
{
    private readonly ConnectionContext _transport;
    private readonly SslStream? _tls;
    private readonly TaskCompletionSource<string?> _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public TunnelConnection(ConnectionContext transport, SslStream? tls)
    {
        (_transport, _tls) = (transport, tls);
        transport.Features.Set(this);
        transport.ConnectionClosed.UnsafeRegister(_ => Ended(), null);
    }

    /// <summary>Null once the tunnel is open, else the sentence with which the server refused it. Fails when the connection ends before.</summary>
    public Task<string?> Handshake => _handshake.Task;

    /// <summary>Completes when the server goes away: the connection is over, or it has asked for its end.</summary>
    public Task Leaving => _leaving.Task;

    /// <summary>Whether this is the first request, which is the handshake.</summary>
    public bool IsFirstRequest() => Interlocked.Exchange(ref _requests, 1) == 0;

    public void Decide(string? refusal) => _handshake.TrySetResult(refusal);

    /// <summary>The server cannot decide now.</summary>
    public void Defer(string why) => _handshake.TrySetException(new IOException(why));

    /// <summary>The server asks that another connection take its place.</summary>
    public void Drain() => _leaving.TrySetResult();

    /// <summary>Gives it to Kestrel to serve.</summary>
    public ValueTask ServeAsync(FedEndPoint endPoint, CancellationToken cancellationToken) => endPoint.AddAsync(_transport, cancellationToken);

    /// <summary>Ends it when its time is over, whatever is on it.</summary>
    public async Task AbortAfterAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _transport.ConnectionClosed);
            Abort("The server went away long ago.");
        }
        catch (OperationCanceledException)
        {
            // It has ended by itself.
        }
    }

    public void Abort(string why) => _transport.Abort(new ConnectionAbortedException(why));

    /// <summary>Says goodbye in TLS; after Kestrel has sent all it had to.</summary>
    public async Task EndTlsAsync()
    {
        if (_tls is null) return;
        try
        {
            await _tls.ShutdownAsync();
            await _tls.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The server is gone.
        }

        await _tls.DisposeAsync();
    }

    private void Ended()
    {
        _leaving.TrySetResult();
        _handshake.TrySetException(new IOException("The tunnel server closed the connection."));
    }
}
