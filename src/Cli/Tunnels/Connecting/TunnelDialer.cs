using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace RestateCloud.Cli.Tunnels.Connecting;

/// <summary>Opens connections to tunnel servers, on Kestrel's own socket transport: Kestrel is to serve them as if it had accepted them.</summary>
internal sealed class TunnelDialer(ServerTrust trust) : IDisposable
{
    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);

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
            var transport = _connections.Create(await OpenAsync(server, index, limit.Token));
            return await SecureAsync(transport, server, limit.Token);
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

    public void Dispose() => _connections.Dispose();

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

    private async Task<TunnelConnection> SecureAsync(ConnectionContext transport, TunnelServer server, CancellationToken cancellationToken)
    {
        if (!server.Tls) return new TunnelConnection(transport, tls: null);
        var tls = new SslStream(new DuplexStream(transport.Transport));
        try
        {
            await trust.AuthenticateAsync(tls, server, cancellationToken);
            transport.Transport = new TlsPipe(tls);
            return new TunnelConnection(transport, tls);
        }
        catch
        {
            await tls.DisposeAsync();
            await transport.DisposeAsync();
            throw;
        }
    }

    private sealed class TlsPipe(SslStream tls) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
