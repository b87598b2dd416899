using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.TestSupport;

namespace RestateCloud.Cli.Tests.Tunnels;

/// <summary>A service that reads requests without bodies and answers them with the bytes that a test wants, on a port that stays its own.</summary>
/// <param name="answer">Makes an answer of everything before a request's body; null closes the connection.</param>
internal sealed class BareService(Func<string, string?> answer) : IDisposable
{
    private readonly ReservedPort _port = new();
    private readonly ConcurrentDictionary<Socket, bool> _connections = new();
    private Socket? _listener;
    private int _accepted;
    private volatile bool _isStopped;

    public int Port => _port.Number;

    /// <summary>Connections that were made to it so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The requests that came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Whether a request was passed on as it came: the long way writes names with capitals.</summary>
    public static bool IsRelayed(string head) => head.Contains("\r\nhost: ", StringComparison.Ordinal);

    public void Start()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        _isStopped = false;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Ends all connections, and takes no more.</summary>
    public void Stop()
    {
        _isStopped = true;
        _listener?.Dispose();
        foreach (var connection in _connections.Keys) connection.Dispose();
    }

    public void Dispose()
    {
        Stop();
        _port.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        Interlocked.Increment(ref _accepted);
        _connections.TryAdd(connection, true);
        if (_isStopped) connection.Dispose();
        try
        {
            using (connection)
            {
                while (await ReadHeadAsync(connection) is { } head && answer(head) is { } text) await connection.SendAsync(Encoding.ASCII.GetBytes(text));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Whoever called has gone.
        }

        _connections.TryRemove(connection, out _);
    }

    private async Task<string?> ReadHeadAsync(Socket connection)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await connection.ReceiveAsync(buffer);
            if (count == 0) return null;
            head.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        Requests.Enqueue(head.ToString());
        return head.ToString();
    }
}
