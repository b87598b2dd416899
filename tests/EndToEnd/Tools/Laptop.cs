using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary>
/// A machine with a network of its own: a network namespace that has nothing but loopback, and a mount namespace in which that is where names
/// are looked up. The world outside is reached at the ports of 127.0.0.1 that a test lets through, and at no other.
/// </summary>
public sealed partial class Laptop : IAsyncDisposable
{
    private const int CloneNewNet = 0x40000000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _holder;
    private readonly List<Socket> _doors = [];

    private Laptop(TemporaryFolder folder, ChildProcess holder) => (_folder, _holder) = (folder, holder);

    public static async Task<Laptop> CreateAsync()
    {
        var folder = new TemporaryFolder("rc-laptop-");
        await File.WriteAllTextAsync(folder.File("resolv.conf"), $"nameserver {IPAddress.Loopback}\n");
        const string Script = "ip link set lo up && mount --bind \"$0\" /etc/resolv.conf && echo ready && exec sleep infinity";
        var holder = ChildProcess.Start("unshare", ["--net", "--mount", "sh", "-c", Script, folder.File("resolv.conf")]);
        await holder.OutputMatchesAsync(Ready(), Soon);
        return new Laptop(folder, holder);
    }

    /// <summary>Starts a program on it.</summary>
    public ChildProcess Start(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string?>? variables = null) =>
        ChildProcess.Start("nsenter", Enter([program, .. arguments], folder ?? _folder.Path), folder, variables);

    /// <summary>The arguments of <c>nsenter</c> that run a command on it.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">The working directory.</param>
    public string[] Enter(string[] command, string folder) => ["--target", $"{_holder.Id}", "--net", "--mount", $"--wd={folder}", "--", .. command];

    /// <summary>Lets a port of 127.0.0.1 through: there it leads to the same port here.</summary>
    public void LetThrough(int port)
    {
        var door = Inside(() =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(512);
            return socket;
        });
        _doors.Add(door);
        _ = AcceptAsync(door, port);
    }

    /// <summary>Makes a socket there. A socket stays in the namespace of the thread that made it, whoever uses it later.</summary>
    public Socket Inside(Func<Socket> make)
    {
        var made = new TaskCompletionSource<Socket>();
        // The thread ends with its one task, and with it what it has entered.
        var thread = new Thread(() =>
        {
            try
            {
                using var network = File.OpenHandle($"/proc/{_holder.Id}/ns/net");
                if (SetNamespace((int)network.DangerousGetHandle(), CloneNewNet) != 0) throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeError()}");
                made.SetResult(make());
            }
            catch (Exception e)
            {
                made.SetException(e);
            }
        });
        thread.Start();
        thread.Join();
        return made.Task.GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors) door.Dispose();
        await _holder.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task AcceptAsync(Socket door, int port)
    {
        try
        {
            while (true) _ = CarryAsync(await door.AcceptAsync(), port);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task CarryAsync(Socket inside, int port)
    {
        using var outside = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (inside)
        {
            try
            {
                await outside.ConnectAsync(IPAddress.Loopback, port);
                Task[] both = [CopyAsync(inside, outside), CopyAsync(outside, inside)];
                // The first that has ended ends both: nobody here goes on after half a close.
                await await Task.WhenAny(both);
                // An end goes on as an end. A socket that is disposed of while it is read would be reset, and that ends the official client.
                inside.Shutdown(SocketShutdown.Both);
                outside.Shutdown(SocketShutdown.Both);
                await Task.WhenAll(both);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // One side has broken off, and so does this.
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        await source.CopyToAsync(target);
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(int descriptor, int kind);

    [GeneratedRegex("ready")]
    private static partial Regex Ready();
}
