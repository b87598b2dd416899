using System.Net;
using System.Net.Sockets;

namespace RestateCloud.TestSupport;

/// <summary>
/// A TCP port of 127.0.0.1 for a program that must be told its port. It stays bound here without listening, so that the system gives it to
/// nobody else, and a program that asks for it by number can listen there, again and again.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
