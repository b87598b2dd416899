namespace RestateCloud.EndToEnd.Tests.ControlPlane;

public sealed record Account(string AccountId, string Name);

public sealed record CreatedEnvironment(string EnvironmentId, string Name);

public sealed record EnvironmentDescription(
    string EnvironmentId,
    string Region,
    string Name,
    string Status,
    string SigningPublicKey,
    IReadOnlyList<IdentityKey> IdentityKeys,
    IReadOnlyList<KeyReference> ApiKeys,
    Uri IngressBaseUrl,
    Uri AdminBaseUrl,
    string ProxyBaseUrl,
    string TunnelSrv,
    Uri TunnelBaseUrl,
    string TierId,
    string Version,
    string? RunningVersion);

public sealed record IdentityKey(string PublicKey, string State, DateTimeOffset? AcceptedUntil);

public sealed record NextIdentityKey(string PublicKey);

public sealed record EnvironmentList(IReadOnlyList<EnvironmentSummary> Environments);

public sealed record EnvironmentSummary(string EnvironmentId, string Name, string TierId);

public sealed record KeyReference(string KeyId, string EnvironmentId);

public sealed record KeyList(IReadOnlyList<KeyReference> ApiKeys);

public sealed record CreatedKey(string KeyId, string RoleId, string ApiKey, string State);

public sealed record KeyDescription(string KeyId, string RoleId, string State, string? Description);

public sealed record LogLines(IReadOnlyList<LogLine> Lines);

public sealed record LogLine(string UnixNanos, string Line);

public sealed record ErrorBody(int Code, string Message);
