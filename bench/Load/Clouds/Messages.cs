namespace RestateCloud.Load.Clouds;

internal sealed record Account(string AccountId);

internal sealed record CreatedEnvironment(string EnvironmentId);

internal sealed record EnvironmentDescription(string EnvironmentId, string Status, Uri IngressBaseUrl, Uri AdminBaseUrl, Uri ProxyBaseUrl);

internal sealed record CreatedKey(string ApiKey);
