using RestateCloud.Gateway.ControlApi.Environments;
using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.ApiKeys;

internal sealed class ListApiKeys : AccountOperation<EnvironmentRequest, ListApiKeysResponse>
{
    public override string Summary => "Lists an environment's active API keys, oldest first.";

    protected override async Task<ListApiKeysResponse> InvokeAsync(
        AccountCall call, EnvironmentRequest request, CancellationToken cancellationToken) =>
        new(ApiKeyItem.ListOf(await call.DescribeEnvironmentAsync(request.EnvironmentId, cancellationToken)));
}

/// <param name="ApiKeys">The keys.</param>
internal sealed record ListApiKeysResponse(IReadOnlyList<ApiKeyItem> ApiKeys);
