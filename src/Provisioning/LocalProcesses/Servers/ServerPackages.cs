using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Packages;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>The restate-server programs, by version.</summary>
/// <param name="cache">Where they are kept.</param>
/// <param name="options">Holds the versions on offer.</param>
/// <param name="time">The clock.</param>
public sealed class ServerPackages(PackageCache cache, LocalProcessOptions options, TimeProvider time)
{
    /// <summary>How long after a failure <see cref="FetchInBackground"/> tries again.</summary>
    internal static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, BackgroundFetch> _fetches = new();

    /// <summary>The versions on offer, the default first.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. options.Versions.Distinct()];

    /// <summary>The executable of a version, fetched now if need be.</summary>
    /// <exception cref="ProvisioningException">Not on offer, or npm is missing or failed.</exception>
    public async Task<string> GetAsync(string version, CancellationToken cancellationToken)
    {
        var package = Package(version);
        return Path.Combine(await cache.FetchAsync(package, cancellationToken), package.Program!);
    }

    /// <summary>The executable of a version, or null when it has yet to be fetched.</summary>
    /// <exception cref="ProvisioningException">Not on offer.</exception>
    internal string? Find(string version)
    {
        var package = Package(version);
        return cache.Find(package) is { } modules ? Path.Combine(modules, package.Program!) : null;
    }

    /// <summary>Has a version fetched in the background, once for all who ask, and again some time after a failure.</summary>
    /// <param name="version">The version.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="done">Is called for each who asked when this fetch has ended, one way or the other.</param>
    /// <returns>Why the last fetch failed, or null while one is under way.</returns>
    internal string? FetchInBackground(string version, string who, Action<string> done)
    {
        var fetch = _fetches.AddOrUpdate(
            version, New, (_, last) => last.EndedBefore(time.GetUtcNow() - PauseAfterFailure) ? New(version) : last);
        fetch.Join(who);
        return fetch.Failure;

        BackgroundFetch New(string _) => new(() => GetAsync(version, CancellationToken.None), done, time);
    }

    // The package itself is a Node.js script around an executable that another package brings for each platform.
    private NpmPackage Package(string version)
    {
        if (!Versions.Contains(version))
            throw new ProvisioningException($"restate-server {version} is not on offer; choose one of {string.Join(", ", Versions)}.");

        var platform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        return new NpmPackage("@restatedev/restate-server", version, $"@restatedev/restate-server-{platform}/bin/restate-server");
    }
}
