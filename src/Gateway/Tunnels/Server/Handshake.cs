using Microsoft.AspNetCore.Connections;

namespace RestateCloud.Gateway.Tunnels.Server;

/// <summary>The time in which a client shows whose it is, from accept on; a feature of its connection. Disposed of when that is over.</summary>
internal sealed class Handshake : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private Action? _leave;

    /// <param name="connection">Is cut off when the time is.</param>
    /// <param name="leave">Gives up its place, once.</param>
    /// <param name="clock">The time.</param>
    public Handshake(ConnectionContext connection, Action leave, TimeProvider clock)
    {
        _leave = leave;
        _limit = new CancellationTokenSource(TunnelLimits.HandshakeTime, clock);
        Token = _limit.Token;
        Token.UnsafeRegister(_ => connection.Abort(new ConnectionAbortedException("The tunnel's handshake took too long.")), null);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _limit.Dispose();
        Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
