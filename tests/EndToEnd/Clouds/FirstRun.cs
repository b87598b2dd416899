using System.Text.Json;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>What the cloud tells scripts at each start, in <c>first-run.json</c>.</summary>
public sealed record FirstRun(Uri ApiBaseUrl, Uri IngressBaseUrl, Uri AdminBaseUrl, Uri ProxyBaseUrl, string UserId, string Email, string AccessToken)
{
    /// <summary>The file of a data folder, or null while there is none.</summary>
    public static FirstRun? TryRead(string dataFolder)
    {
        var path = PathIn(dataFolder);
        return File.Exists(path) ? JsonSerializer.Deserialize<FirstRun>(File.ReadAllText(path), JsonSerializerOptions.Web) : null;
    }

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "first-run.json");
}
