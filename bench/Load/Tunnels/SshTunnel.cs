using RestateCloud.Load.Machine;
using RestateCloud.Load.Proxies;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Tunnels;

/// <summary>
/// <c>ssh -R</c> of OpenSSH to a server of its own on a loopback port, with keys made for it: whoever connects to a port of the server
/// reaches the service.
/// </summary>
internal sealed class SshTunnel : ITunnel
{
    private const string PrivilegeSeparationFolder = "/run/sshd";

    private readonly TemporaryFolder _folder = new("rc-ssh-");
    private readonly int _port = LoopbackPorts.Free(1)[0];
    private readonly int[] _forwarded = LoopbackPorts.Free(2);
    private ChildProcess? _server;
    private ChildProcess? _client;

    private SshTunnel(string name) => Name = name;

    public string Name { get; }

    public IReadOnlyList<int> ProcessIds => [.. ProcessStatistics.WithChildren(_server!.Id), _client!.Id];

    /// <param name="service">What is reached.</param>
    /// <param name="cipher">As <c>ssh -c</c> takes it, or null for the one that OpenSSH chooses.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<SshTunnel> StartAsync(Service service, string? cipher, CancellationToken cancellationToken)
    {
        var tunnel = new SshTunnel(cipher is null ? "ssh -R" : $"ssh -R, {cipher.Split('@')[0]}");
        try
        {
            await tunnel.StartServerAsync(cancellationToken);
            await tunnel.StartClientAsync(service, cipher, cancellationToken);
            return tunnel;
        }
        catch
        {
            await tunnel.DisposeAsync();
            throw;
        }
    }

    public Uri UrlOf(Wire wire, string path) => new($"http://127.0.0.1:{_forwarded[(int)wire]}/{path}");

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])["host", "user"])
            await Pinned.RunAsync(null, TimeSpan.FromSeconds(10), "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", _folder.File(key)], cancellationToken);
        // Debian makes it when it starts its own server. Folders below /tmp are not strict enough for StrictModes, although this one is private.
        if (Environment.UserName == "root") Directory.CreateDirectory(PrivilegeSeparationFolder);
        await File.WriteAllTextAsync(
            _folder.File("sshd_config"),
            $"""
            ListenAddress 127.0.0.1:{_port}
            HostKey {_folder.File("host")}
            PidFile none
            AuthorizedKeysFile {_folder.File("user.pub")}
            AuthenticationMethods publickey
            PermitRootLogin prohibit-password
            StrictModes no
            UsePAM no
            LogLevel ERROR
            """,
            cancellationToken);
        _server = ChildProcess.Start("/usr/sbin/sshd", ["-D", "-e", "-f", _folder.File("sshd_config")]);
        await Eventually.HoldsAsync(() => ListensAsync(_server, _port), "sshd listens", cancellationToken: cancellationToken);
    }

    private async Task StartClientAsync(Service service, string? cipher, CancellationToken cancellationToken)
    {
        var forwards = ((Wire[])[Wire.Http1, Wire.H2c]).SelectMany(wire => (string[])["-R", $"127.0.0.1:{_forwarded[(int)wire]}:127.0.0.1:{service.Port(wire)}"]);
        string[] choice = cipher is null ? [] : ["-c", cipher];
        _client = ChildProcess.Start(
            "ssh",
            [
                "-F", "none", "-N", "-i", _folder.File("user"), "-p", $"{_port}", "-o", "ExitOnForwardFailure=yes", "-o", "StrictHostKeyChecking=accept-new",
                "-o", $"UserKnownHostsFile={_folder.File("known_hosts")}", .. choice, .. forwards, $"{Environment.UserName}@127.0.0.1",
            ]);
        foreach (var port in _forwarded) await Eventually.HoldsAsync(() => ListensAsync(_client, port), "ssh forwards", cancellationToken: cancellationToken);
    }

    private static Task<bool> ListensAsync(ChildProcess process, int port) =>
        process.HasExited ? throw new InvalidOperationException($"OpenSSH ended:\n{process.Output}") : LoopbackPorts.ListensAsync(port);
}
