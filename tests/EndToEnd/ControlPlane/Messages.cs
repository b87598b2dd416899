namespace RestateCloud.EndToEnd.Tests.ControlPlane;

internal sealed record Account(string AccountId, string Name);

internal sealed record CreatedEnvironment(string EnvironmentId, string Name);

internal sealed record EnvironmentDescription(
    string EnvironmentId,
    string Region,
    string Name,
    string Status,
    string SigningPublicKey,
    IReadOnlyList<KeyReference> ApiKeys,
    Uri IngressBaseUrl,
    Uri AdminBaseUrl,
    string ProxyBaseUrl,
    string TunnelSrv,
    string TierId);

internal sealed record EnvironmentList(IReadOnlyList<EnvironmentSummary> Environments);

internal sealed record EnvironmentSummary(string EnvironmentId, string Name, string TierId);

internal sealed record KeyReference(string KeyId, string EnvironmentId);

internal sealed record KeyList(IReadOnlyList<KeyReference> ApiKeys);

internal sealed record CreatedKey(string KeyId, string RoleId, string ApiKey, string State);

internal sealed record KeyDescription(string KeyId, string RoleId, string State, string? Description);

internal sealed record LogLines(IReadOnlyList<LogLine> Lines);

internal sealed record LogLine(string UnixNanos, string Line);

internal sealed record ErrorBody(int Code, string Message);
