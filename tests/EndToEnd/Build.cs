using System.Reflection;

namespace RestateCloud.EndToEnd.Tests;

/// <summary>Where the build that is being tested lies.</summary>
public static class Build
{
    /// <summary>The program of the cloud.</summary>
    public static string Silo { get; } = Metadata("Silo");

    /// <summary>The program of the cloud as the default build makes it, which may not have been built.</summary>
    public static string DefaultSilo => Metadata("DefaultSilo");

    /// <summary>The command for people.</summary>
    public static string Cli { get; } = Metadata("Cli");

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Metadata("Repository");

    private static string Metadata(string key) =>
        typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
