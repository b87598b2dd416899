using System.Diagnostics;
using System.Threading.Channels;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Keeps one connection to a tunnel server open: dials again at once when it ends, and ever more slowly while that fails.</summary>
internal sealed class TunnelConnector(TunnelServer server, int index, TunnelDialer dialer, FedEndPoint endPoint, TunnelActivity activity)
{
    // One that ends sooner was no success: else a server that drops each connection would be dialled without a pause.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly Backoff _backoff = new();

    /// <summary>Goes on until it is cancelled.</summary>
    /// <exception cref="CommandException">The server refuses the tunnel, or is not trusted: nothing that time would heal.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var opened = Stopwatch.GetTimestamp();
                var connection = await OpenAsync(cancellationToken);
                activity.Connected(server);
                await Task.WhenAny(connection.Leaving, Task.Delay(Timeout.Infinite, cancellationToken));
                activity.Disconnected(server);
                cancellationToken.ThrowIfCancellationRequested();
                _ = connection.AbortAfterAsync(TunnelLimits.DrainTime);
                if (Stopwatch.GetElapsedTime(opened) > Settled) _backoff.Reset();
            }
            catch (UntrustedServerException exception)
            {
                throw new CommandException(exception.Message);
            }
            catch (Exception exception) when (exception is IOException or ChannelClosedException)
            {
                activity.ConnectFailed(server, exception.Message);
            }

            await Task.Delay(_backoff.Next(), cancellationToken);
        }
    }

    private async Task<TunnelConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await dialer.ConnectAsync(server, index, cancellationToken);
        await connection.ServeAsync(endPoint, cancellationToken);
        try
        {
            return await connection.Handshake.WaitAsync(TunnelLimits.HandshakeTime, cancellationToken) is { } refusal
                ? throw new CommandException(refusal)
                : connection;
        }
        catch (TimeoutException)
        {
            connection.Abort("The handshake took too long.");
            throw new IOException($"{server} did not open the tunnel within {TunnelLimits.HandshakeTime.TotalSeconds:0} seconds.");
        }
    }
}
