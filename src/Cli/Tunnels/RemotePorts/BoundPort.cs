using System.Net;
using System.Net.Sockets;

namespace RestateCloud.Cli.Tunnels.RemotePorts;

/// <summary>A remote port and the local one that it is bound to.</summary>
internal sealed record BoundPort(RemotePort Port, Uri Upstream, Socket Socket)
{
    /// <summary>127.0.0.1 and the port.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)Socket.LocalEndPoint!;

    /// <summary>Binds what was asked for; nothing listens yet.</summary>
    /// <param name="ports">Null for both where they are free: on the machine of the cloud itself they are the cloud's.</param>
    /// <param name="doors">Whose ports; none are bound where they are not known.</param>
    /// <param name="activity">Told of what is left out.</param>
    /// <exception cref="CommandException">A port that was asked for is in use.</exception>
    public static IReadOnlyList<BoundPort> BindAll(IReadOnlyList<RemotePort>? ports, EnvironmentDoors? doors, TunnelActivity activity)
    {
        if (doors is null) return [];
        var bound = new List<BoundPort>();
        foreach (var port in ports ?? RemotePort.Both)
        {
            if (TryBind(port.Local) is { } socket) bound.Add(new BoundPort(port, port.UpstreamOf(doors), socket));
            else if (ports is null) activity.Note($"127.0.0.1:{port.Local} is in use: the {port.Role} is not here. Choose another port with --remote-port PORT:{port.Remote}.");
            else
            {
                bound.ForEach(other => other.Socket.Dispose());
                throw new CommandException($"127.0.0.1:{port.Local} is in use: stop what uses it, or choose another port with --remote-port PORT:{port.Remote}.");
            }
        }

        return bound;
    }

    private static Socket? TryBind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
