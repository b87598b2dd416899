using RestateCloud.Grains.Identifiers;
using RestateCloud.Provisioning.LocalProcesses.Interop;

namespace RestateCloud.Provisioning.LocalProcesses.Environments;

/// <summary>
/// Where things of one environment lie. The server runs inside <see cref="Path"/> and knows only relative paths, so neither the length of
/// the data folder's path nor a move of it concerns it; the rest of this program reaches its sockets through <see cref="SocketFolder"/>.
/// </summary>
internal sealed class EnvironmentFolder
{
    /// <summary>Restate's name of the only node; its data lies in a folder of this name.</summary>
    public const string NodeName = "n1";

    private readonly string _node;

    /// <param name="environments">The folder of all environments, an absolute path without links.</param>
    /// <param name="environmentId">An environment's id.</param>
    /// <exception cref="ArgumentException">Not an id: it could lead out of the folder.</exception>
    public EnvironmentFolder(string environments, string environmentId)
    {
        if (!ResourceId.IsValid(ResourceId.Environment, environmentId))
            throw new ArgumentException("Not an environment id.", nameof(environmentId));

        EnvironmentId = environmentId;
        Path = System.IO.Path.Combine(environments, environmentId);
        _node = System.IO.Path.Combine(Path, NodeName);
        Sockets = new SocketFolder(_node);
    }

    public string EnvironmentId { get; }

    /// <summary>All of the environment, mode 0700.</summary>
    public string Path { get; }

    /// <summary>The server's sockets.</summary>
    public SocketFolder Sockets { get; }

    /// <summary>What the server writes.</summary>
    public string Logs => System.IO.Path.Combine(Path, "logs");

    public bool Exists => Directory.Exists(Path);

    public void Create()
    {
        PrivateFolder.Create(Path);
        PrivateFolder.Create(_node);
        PrivateFolder.Create(Logs);
        Sockets.MakeReachable();
    }

    public void Delete()
    {
        Sockets.Delete();
        if (Exists) Directory.Delete(Path, recursive: true);
    }
}
