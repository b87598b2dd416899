using System.Text.Json;
using System.Text.Json.Serialization;

namespace RestateCloud.Cli.Api;

internal sealed record AccountList(IReadOnlyList<Account> Accounts);

internal sealed record Account(string AccountId, string Name);

internal sealed record EnvironmentList(IReadOnlyList<EnvironmentItem> Environments);

internal sealed record EnvironmentItem(string EnvironmentId, string Name);

internal sealed record EnvironmentRequest(string EnvironmentId);

internal sealed record ApiError(string? Message = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(EnvironmentRequest))]
[JsonSerializable(typeof(EnvironmentDetails))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CloudJson : JsonSerializerContext;
