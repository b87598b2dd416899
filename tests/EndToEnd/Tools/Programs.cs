using System.Runtime.InteropServices;
using RestateCloud.Provisioning.Packages;

namespace RestateCloud.EndToEnd.Tests.Tools;

/// <summary>The official programs from npm, in the cache that the product itself uses; each version is fetched once a machine.</summary>
public static class Programs
{
    private static readonly PackageCache Cache = new(PackageCache.DefaultFolder, new ConsoleFetchProgress());

    private static readonly string Platform =
        (OperatingSystem.IsMacOS() ? "darwin-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The <c>restate</c> command line tool.</summary>
    public static async Task<string> CliAsync(string version) =>
        Path.Combine(await FetchAsync("@restatedev/restate", version), "@restatedev", $"restate-{Platform}", "bin", "restate");

    /// <summary>Node.js, with the version that the SDK asks for.</summary>
    public static async Task<string> NodeAsync() => Path.Combine(await FetchAsync($"node-{Platform}", "22.23.3"), $"node-{Platform}", "bin", "node");

    /// <summary>The <c>node_modules</c> with the TypeScript SDK.</summary>
    public static Task<string> SdkAsync() => FetchAsync("@restatedev/restate-sdk", "1.17.2");

    private static Task<string> FetchAsync(string name, string version) => Cache.FetchAsync(new NpmPackage(name, version), CancellationToken.None);
}
