using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RestateCloud.EndToEnd.Tests.Tools;

namespace RestateCloud.EndToEnd.Tests.Tunnels;

/// <summary>
/// A DNS server that knows one name's SRV records and the addresses of their targets. It takes a loopback address of its own: resolvers ask port 53
/// only.
/// </summary>
public sealed class DnsServer : IDisposable
{
    private const ushort TypeA = 1;
    private const ushort TypeSrv = 33;
    private const int HeaderLength = 12;
    private const int Port = 53;
    private const byte SecondsToLive = 1;

    private readonly Socket _socket;
    private readonly string _service;
    private readonly int[] _ports;

    private DnsServer(Socket socket, string service, int[] ports)
    {
        (_socket, _service, _ports) = (socket, service, ports);
        Address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        _ = AnswerAsync();
    }

    public IPAddress Address { get; }

    /// <summary>Starts one whose records lead to ports of 127.0.0.1.</summary>
    /// <param name="service">The records' name; their targets are names below it.</param>
    /// <param name="ports">The port in each.</param>
    public static DnsServer Start(string service, params int[] ports)
    {
        while (true)
        {
            try
            {
                var address = new IPAddress([127, 53, (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]);
                return new DnsServer(Bind(address), service, ports);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody else's test has it.
            }
        }
    }

    /// <summary>Starts one at 127.0.0.1 of a laptop, which has that address for itself.</summary>
    public static DnsServer Start(Laptop laptop, string service, params int[] ports) => new(laptop.Inside(() => Bind(IPAddress.Loopback)), service, ports);

    public void Dispose() => _socket.Dispose();

    private static Socket Bind(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address, Port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AnswerAsync()
    {
        var question = new byte[512];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(question, new IPEndPoint(IPAddress.Any, 0));
                await _socket.SendToAsync(Answer(question.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // RFC 1035, section 4.1; RFC 2782.
    private byte[] Answer(ReadOnlySpan<byte> message)
    {
        var (name, end) = ReadName(message);
        var type = BinaryPrimitives.ReadUInt16BigEndian(message[end..]);
        byte[][] records = type switch
        {
            TypeSrv when name == _service => [.. _ports.Select((port, i) => (byte[])[0, 0, 0, 0, (byte)(port >> 8), (byte)port, .. NameOf($"server-{i + 1}.{_service}")])],
            TypeA when name.EndsWith($".{_service}", StringComparison.Ordinal) => [[127, 0, 0, 1]],
            _ => [],
        };
        byte[] header = [message[0], message[1], 0x85, 0x80, 0, 1, 0, (byte)records.Length, 0, 0, 0, 0];
        return
        [
            .. header,
            .. message[HeaderLength..(end + 4)],
            .. records.SelectMany(data => (byte[])[0xC0, HeaderLength, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, SecondsToLive, 0, (byte)data.Length, .. data]),
        ];
    }

    private static (string Name, int End) ReadName(ReadOnlySpan<byte> message)
    {
        var name = new StringBuilder();
        var at = HeaderLength;
        while (message[at] is var length and > 0)
        {
            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.ASCII.GetString(message.Slice(at + 1, length)));
            at += length + 1;
        }

        return (name.ToString().ToLowerInvariant(), at + 1);
    }

    private static byte[] NameOf(string name) =>
        [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
