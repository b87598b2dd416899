using RestateCloud.Cli;

namespace RestateCloud.Silo.Data;

/// <summary>The folder that holds all of a single-machine cloud, mode 0700, used by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock) => (Path, _lock) = (path, heldLock);

    public string Path { get; }

    public string Database => In("grains.db");

    public string Keys => In("keys");

    public string HttpsFolder => In("https");

    public string TunnelFolder => In("tunnel");

    public string FirstRunFile => In("first-run.json");

    /// <summary>Settings for the official CLI that sign it in as the first user.</summary>
    public string CliFolder => In("cli");

    /// <summary>Makes the folder where it is missing and takes it for this process.</summary>
    /// <exception cref="StartupException">Another process uses it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full, PrivateFile.FolderMode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {full} cannot be made: {exception.Message}", exception);
        }

        return new DataFolder(full, TakeLock(full));
    }

    /// <summary>Takes a folder that is there for this process.</summary>
    /// <exception cref="StartupException">There is none, another process uses it, or it cannot be written.</exception>
    public static DataFolder OpenExisting(string path) => Directory.Exists(path)
        ? Open(path)
        : throw new StartupException($"There is no data folder {System.IO.Path.GetFullPath(path)}; name it with --data DIR.");

    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static FileStream TakeLock(string folder)
    {
        var file = System.IO.Path.Combine(folder, "lock");
        try
        {
            return new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException($"The data folder {folder} is not writable; choose another with --data DIR.", exception);
        }
        catch (IOException exception) when (File.Exists(file))
        {
            throw new StartupException($"The data folder {folder} is in use by another process; end that one or choose another folder with --data DIR.", exception);
        }
        catch (IOException exception)
        {
            throw new StartupException($"The data folder {folder} is not writable: {exception.Message}", exception);
        }
    }
}
