namespace RestateCloud.Silo.Tests.Hosting;

/// <summary>Where the clouds of these tests store what they have: in their data folder.</summary>
internal static class Storage
{
    /// <summary>The settings of a cloud that has stored nothing yet.</summary>
    public static Task<string[]> NewAsync() => Task.FromResult<string[]>([]);
}
