using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.ApiKeys;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.ApiKeys;

internal sealed class DescribeApiKey : AccountOperation<ApiKeyRequest, DescribeApiKeyResponse>
{
    public override string Summary => "Shows an API key, never its secret.";

    protected override async Task<DescribeApiKeyResponse> InvokeAsync(
        AccountCall call, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        var key = await environment.DescribeApiKeyAsync(request.KeyId, cancellationToken)
            ?? throw new CloudException(CloudError.NotFound, "No such API key in this environment. ListApiKeys shows those that there are.");
        return new DescribeApiKeyResponse(
            key.KeyId, key.Role, key.EnvironmentId, key.AccountId, key.State, key.Description, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
    }
}

/// <param name="EnvironmentId">The environment that it opens.</param>
/// <param name="KeyId"><c>key_…</c></param>
internal sealed record ApiKeyRequest(string EnvironmentId, string KeyId);

/// <param name="KeyId"><c>key_…</c></param>
/// <param name="RoleId">What it may do.</param>
/// <param name="EnvironmentId">The environment that it opens.</param>
/// <param name="AccountId">That environment's account.</param>
/// <param name="State">Only ACTIVE is accepted.</param>
/// <param name="Description">The words that it was created with.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
internal sealed record DescribeApiKeyResponse(
    string KeyId,
    ApiKeyRole RoleId,
    string EnvironmentId,
    string AccountId,
    ApiKeyState State,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);
