using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.ApiKeys;

namespace RestateCloud.Gateway.ControlApi.ApiKeys;

internal sealed class CreateApiKey : AccountOperation<CreateApiKeyRequest, CreateApiKeyResponse>
{
    public override string Summary => "Creates an API key for an environment. Its secret is shown this once.";

    public override bool TakesIdempotencyKey => true;

    protected override async Task<CreateApiKeyResponse> InvokeAsync(
        AccountCall call, CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        var (key, secret) = await environment.CreateApiKeyAsync(
            request.RoleId, request.Description, request.ExpiresAt, call.IdempotencyKey, cancellationToken);
        return new CreateApiKeyResponse(key.KeyId, key.Role, key.EnvironmentId, key.AccountId, secret, key.State, key.ExpiresAt);
    }
}

/// <param name="EnvironmentId">The environment that it is to open.</param>
/// <param name="RoleId">What it may do there.</param>
/// <param name="Description">At most 256 characters, for people.</param>
/// <param name="ExpiresAt">From when on it is refused; without it, never.</param>
internal sealed record CreateApiKeyRequest(
    string EnvironmentId, ApiKeyRole RoleId, string? Description = null, DateTimeOffset? ExpiresAt = null);

/// <param name="KeyId"><c>key_…</c></param>
/// <param name="RoleId">What it may do.</param>
/// <param name="EnvironmentId">The environment that it opens.</param>
/// <param name="AccountId">That environment's account.</param>
/// <param name="ApiKey">The secret, <c>key_&lt;id&gt;.&lt;secret&gt;</c>.</param>
/// <param name="State">ACTIVE.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
internal sealed record CreateApiKeyResponse(
    string KeyId, ApiKeyRole RoleId, string EnvironmentId, string AccountId, string ApiKey, ApiKeyState State, DateTimeOffset? ExpiresAt);
