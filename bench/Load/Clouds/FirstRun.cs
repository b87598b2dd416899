using System.Text.Json;

namespace RestateCloud.Load.Clouds;

/// <summary>What the cloud tells scripts at each start, in <c>first-run.json</c>.</summary>
internal sealed record FirstRun(Uri ApiBaseUrl, Uri IngressBaseUrl, string AccessToken)
{
    public static FirstRun Read(string path) => JsonSerializer.Deserialize<FirstRun>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
}
