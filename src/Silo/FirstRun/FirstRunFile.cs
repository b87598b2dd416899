using System.Text.Json;
using System.Text.Json.Serialization;

namespace RestateCloud.Silo.FirstRun;

/// <summary>What a script needs to use this cloud as its first user; <c>first-run.json</c>, mode 0600, written anew at each start.</summary>
/// <param name="ApiBaseUrl">The control API.</param>
/// <param name="IngressBaseUrl">The ingress shared by all environments, told apart by host name or key.</param>
/// <param name="AdminBaseUrl">The admin API shared by all environments, likewise.</param>
/// <param name="ProxyBaseUrl">Where environments reach tunnels.</param>
/// <param name="UserId">The first user.</param>
/// <param name="Email">The first user's address.</param>
/// <param name="AccessToken">A JWT of the first user, valid for 12 hours from the start.</param>
internal sealed record FirstRunFile(
    string ApiBaseUrl, string IngressBaseUrl, string AdminBaseUrl, string ProxyBaseUrl, string UserId, string Email, string AccessToken)
{
    public string ToJson() => JsonSerializer.Serialize(this, FirstRunJson.Default.FirstRunFile);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FirstRunFile))]
internal sealed partial class FirstRunJson : JsonSerializerContext;
