namespace RestateCloud.Provisioning.Packages;

/// <summary>One version of an npm package.</summary>
/// <param name="Name">Such as <c>@restatedev/restate-server</c>.</param>
/// <param name="Version">An exact version, such as 1.7.12: never a range or a tag, so that a cached copy is always the right one.</param>
public sealed record NpmPackage(string Name, string Version)
{
    /// <summary>The folder of this version in a cache: one path segment.</summary>
    internal string FolderName => $"{Name.Replace('/', '+')}@{Version}";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
