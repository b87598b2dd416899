using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RestateCloud.Provisioning.Packages;
using RestateCloud.TestSupport;

namespace RestateCloud.Load.Invocations;

/// <summary>The TypeScript service of this folder on the official SDK, on a free loopback port.</summary>
internal sealed partial class NodeService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("rc-node-");
    private ChildProcess? _node;

    public Uri? Url { get; private set; }

    public static async Task<NodeService> StartAsync(CancellationToken cancellationToken)
    {
        var service = new NodeService();
        var cache = new PackageCache(PackageCache.DefaultFolder, new ConsoleFetchProgress());
        var platform = $"node-linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var node = Path.Combine(await cache.FetchAsync(new NpmPackage(platform, "22.23.3"), cancellationToken), platform, "bin", "node");
        var sdk = await cache.FetchAsync(new NpmPackage("@restatedev/restate-sdk", "1.17.2"), cancellationToken);

        // Node looks for packages beside the source.
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Invocations", "service.ts"), service._folder.File("service.ts"));
        await File.WriteAllTextAsync(service._folder.File("package.json"), """{ "type": "module" }""", cancellationToken);
        File.CreateSymbolicLink(service._folder.File("node_modules"), sdk);

        service._node = ChildProcess.Start(
            node, ["service.ts"], service._folder.Path, new Dictionary<string, string?> { ["RESTATE_LOGGING"] = "ERROR" });
        var listening = await service._node.OutputMatchesAsync(Listening(), TimeSpan.FromSeconds(30));
        service.Url = new Uri(listening.Groups["url"].Value);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"^Listening on (?<url>http://\S+)\n", RegexOptions.Multiline)]
    private static partial Regex Listening();
}
