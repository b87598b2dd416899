using System.Diagnostics;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Provisioning.Packages;

/// <summary>
/// Programs from npm, each version fetched once into a folder that any number of processes share. A version is installed into a
/// temporary sibling and renamed: whoever sees the final name sees a whole package.
/// </summary>
/// <param name="folder">The cache; made when missing.</param>
/// <param name="progress">Is told what is being fetched.</param>
/// <param name="npm">The npm client: a name looked up on PATH, or a path.</param>
public sealed class PackageCache(string folder, IFetchProgress progress, string npm = "npm")
{
    private const string Modules = "node_modules";
    private const string TemporaryPrefix = ".fetching-";
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Where packages are kept when nothing else is asked for: <c>restate-cloud/packages</c> in the user's cache folder.</summary>
    public static string DefaultFolder
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache))
                cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(cache, "restate-cloud", "packages");
        }
    }

    /// <summary>The <c>node_modules</c> folder that holds the package, or null when it has not been fetched.</summary>
    public string? Find(NpmPackage package)
    {
        var modules = Path.Combine(folder, package.FolderName, Modules);
        return package.IsIn(modules) ? modules : null;
    }

    /// <summary>The <c>node_modules</c> folder that holds the package, fetched now if it has not been.</summary>
    /// <exception cref="ProvisioningException">npm is missing, knows no such version or failed.</exception>
    public async Task<string> FetchAsync(NpmPackage package, CancellationToken cancellationToken)
    {
        if (Find(package) is { } present) return present;

        Directory.CreateDirectory(folder);
        DeleteAbandoned();
        var temporary = Path.Combine(folder, TemporaryPrefix + Path.GetRandomFileName());
        try
        {
            progress.Report($"Fetching {package} with npm, once …");
            var clock = Stopwatch.StartNew();
            await NpmClient.InstallAsync(npm, package, temporary, cancellationToken);
            if (!package.IsIn(Path.Combine(temporary, Modules)))
                throw new ProvisioningException($"npm installed {package} without {package.Program ?? "its files"}; is it for this platform?");
            Publish(temporary, Path.Combine(folder, package.FolderName));
            progress.Report($"Fetched {package} in {clock.Elapsed.TotalSeconds:0.0} s.");
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }

        return Find(package) ?? throw new ProvisioningException($"{Path.Combine(folder, package.FolderName)} is damaged; delete it.");
    }

    private static void Publish(string temporary, string final)
    {
        try
        {
            Directory.Move(temporary, final);
        }
        catch (IOException) when (Directory.Exists(final))
        {
            // Another process was first; its copy is as good.
        }
    }

    private void DeleteAbandoned()
    {
        foreach (var left in Directory.EnumerateDirectories(folder, TemporaryPrefix + "*"))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(left) <= Abandoned) continue;
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Somebody else is deleting it.
            }
        }
    }
}
