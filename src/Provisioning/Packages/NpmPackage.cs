namespace RestateCloud.Provisioning.Packages;

/// <summary>One version of an npm package.</summary>
/// <param name="Name">Such as <c>@restatedev/restate-server</c>.</param>
/// <param name="Version">An exact version, such as 1.7.12: never a range or a tag, so that a cached copy is always the right one.</param>
/// <param name="Program">
/// A file that the package is useless without, relative to <c>node_modules</c>, or null. npm calls an installation without a package's
/// optional dependencies a success, and those are where programs for single platforms come from.
/// </param>
public sealed record NpmPackage(string Name, string Version, string? Program = null)
{
    /// <summary>The folder of this version in a cache: one path segment.</summary>
    internal string FolderName => $"{Name.Replace('/', '+')}@{Version}";

    /// <summary>Whether a <c>node_modules</c> folder holds it as it should be.</summary>
    internal bool IsIn(string modules) =>
        Directory.Exists(Path.Combine(modules, Name)) && (Program is null || File.Exists(Path.Combine(modules, Program)));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
