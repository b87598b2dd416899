using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>Clouds of test runs that were killed themselves and could not clean up.</summary>
public static class Leftovers
{
    private const string Kind = "rc-e2e-";

    /// <summary>What the data folders of this run are called.</summary>
    public static string FolderPrefix { get; } = AbandonedFolders.PrefixOf(Kind);

    public static void Remove() => AbandonedFolders.Remove(Kind, "dotnet", folder =>
    {
        foreach (var server in ServerProcess.Of(folder)) server.Kill();
    });
}
