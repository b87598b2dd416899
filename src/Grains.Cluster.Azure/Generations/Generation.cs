using Azure;

namespace RestateCloud.Grains.Cluster.Azure.Generations;

/// <summary>States and reminders that belong together.</summary>
/// <param name="Id">32 hexadecimal digits, with which the names of its blobs begin.</param>
/// <param name="ETag">Of the blob that says that it counts.</param>
internal sealed record Generation(string Id, ETag ETag)
{
    public static string NewId() => Guid.NewGuid().ToString("n");

    public static bool IsId(string text) => Guid.TryParseExact(text, "n", out _);
}
