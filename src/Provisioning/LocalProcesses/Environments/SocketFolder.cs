using System.Security.Cryptography;
using System.Text;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// The sockets of a server, under paths short enough for Linux: <c>sockaddr_un</c> holds 107 bytes. Where the data folder's own path is
/// longer a link in a folder that only this user can enter leads there.
/// </summary>
internal sealed class SocketFolder
{
    private const int LongestPath = 107;
    private const string LongestName = "ingress.sock";

    private readonly string _folder;
    private readonly string? _link;

    public SocketFolder(string folder)
    {
        _folder = folder;
        if (Encoding.UTF8.GetByteCount(Path.Combine(folder, LongestName)) > LongestPath)
            _link = Path.Combine(LinksFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 12)));
    }

    public string Ingress => Path.Combine(_link ?? _folder, LongestName);

    public string Admin => Path.Combine(_link ?? _folder, "admin.sock");

    private static string LinksFolder
    {
        get
        {
            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            return runtime is { Length: > 0 and <= 50 } && Directory.Exists(runtime)
                ? Path.Combine(runtime, "restate-cloud")
                : $"/tmp/restate-cloud-{Libc.EffectiveUser()}";
        }
    }

    /// <summary>Makes the link where one is needed; cheap when it is there. Programs that tidy /tmp may take it away at any time.</summary>
    public void MakeReachable()
    {
        if (_link is null || new FileInfo(_link).LinkTarget == _folder) return;
        PrivateFolder.CreateInSharedPlace(LinksFolder);
        File.Delete(_link);
        File.CreateSymbolicLink(_link, _folder);
    }

    public void Delete()
    {
        if (_link is not null && new FileInfo(_link).LinkTarget is not null) File.Delete(_link);
    }
}
