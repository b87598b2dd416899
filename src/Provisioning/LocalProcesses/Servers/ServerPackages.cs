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
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, string> _programs = new();
    private readonly ConcurrentDictionary<string, Fetch> _fetches = new();

    /// <summary>The versions on offer, the default first.</summary>
    public IReadOnlyList<string> Versions { get; } = [.. options.Versions.Distinct()];

    private static string Platform => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";

    /// <summary>The executable of a version, fetched now if need be.</summary>
    /// <exception cref="ProvisioningException">Not on offer, or npm is missing or failed.</exception>
    public async Task<string> GetAsync(string version, CancellationToken cancellationToken)
    {
        if (Find(version) is { } present) return present;
        return Remember(version, await cache.FetchAsync(Package(version), cancellationToken));
    }

    /// <summary>The executable of a version, or null when it has yet to be fetched.</summary>
    /// <exception cref="ProvisioningException">Not on offer.</exception>
    internal string? Find(string version)
    {
        if (_programs.TryGetValue(version, out var known)) return known;
        if (!Versions.Contains(version))
            throw new ProvisioningException($"restate-server {version} is not on offer; choose one of {string.Join(", ", Versions)}.");
        return cache.Find(Package(version)) is { } modules ? Remember(version, modules) : null;
    }

    /// <summary>Has a version fetched in the background, once for all who ask, and again some time after a failure.</summary>
    /// <param name="version">The version.</param>
    /// <param name="changed">Is called when this fetch has ended, one way or the other.</param>
    /// <returns>Why the last fetch failed, or null while one is under way.</returns>
    internal string? FetchInBackground(string version, Action changed)
    {
        var fetch = _fetches.AddOrUpdate(
            version,
            _ => new Fetch(() => GetAsync(version, CancellationToken.None), time),
            (_, last) => last.EndedBefore(time.GetUtcNow() - PauseAfterFailure) ? new Fetch(() => GetAsync(version, CancellationToken.None), time) : last);
        fetch.Start(changed);
        return fetch.Failure;
    }

    private static NpmPackage Package(string version) => new("@restatedev/restate-server", version);

    // The package itself is a Node.js script around this executable, which another package brings for each platform.
    private string Remember(string version, string modules)
    {
        var program = Path.Combine(modules, "@restatedev", $"restate-server-{Platform}", "bin", "restate-server");
        if (!File.Exists(program)) throw new ProvisioningException($"There is no restate-server {version} for {Platform}.");
        return _programs[version] = program;
    }

    private sealed class Fetch(Func<Task<string>> fetch, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private Task? _task;
        private Action? _changed;
        private DateTimeOffset? _ended;

        public string? Failure { get; private set; }

        public bool EndedBefore(DateTimeOffset moment) => _ended < moment;

        public void Start(Action changed)
        {
            lock (_lock)
            {
                if (_ended is null) _changed += changed;
                _task ??= Task.Run(RunAsync);
            }
        }

        private async Task RunAsync()
        {
            try
            {
                await fetch();
            }
            catch (Exception e)
            {
                Failure = e is ProvisioningException ? e.Message : $"It could not be fetched: {e.Message}";
            }

            Action? changed;
            lock (_lock)
            {
                _ended = time.GetUtcNow();
                changed = _changed;
                _changed = null;
            }

            changed?.Invoke();
        }
    }
}
