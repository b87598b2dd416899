using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Opens connections to tunnel servers for Kestrel to serve as if it had accepted them.</summary>
internal sealed class TunnelDialer(ServerTrust trust)
{
    /// <summary>Connects.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="index">Which of several connections: they are spread over the addresses of the name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UntrustedServerException">It is not who it should be.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public async Task<TunnelConnection> ConnectAsync(TunnelServer server, int index, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TunnelLimits.ConnectTime);
        try
        {
            return await SecureAsync(await OpenAsync(server, index, limit.Token), server, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException)
        {
            throw new IOException($"{server} cannot be reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{server} did not answer within {TunnelLimits.ConnectTime.TotalSeconds:0} seconds.");
        }
    }

    private static async Task<Socket> OpenAsync(TunnelServer server, int index, CancellationToken cancellationToken)
    {
        var addresses = await server.ResolveAsync(cancellationToken);
        var address = addresses[index % addresses.Length];
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, server.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<TunnelConnection> SecureAsync(Socket socket, TunnelServer server, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!server.Tls) return new TunnelConnection(new DialedConnection(socket, plain), tls: null);
        var records = new GatheredWrites(plain);
        var tls = new SslStream(records);
        try
        {
            await trust.AuthenticateAsync(tls, server, cancellationToken);
            records.Gather();
            return new TunnelConnection(new DialedConnection(socket, tls), tls);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }
}
