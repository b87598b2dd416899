using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.ApiKeys;

internal sealed class DeleteApiKey : AccountOperation<ApiKeyRequest, ResultResponse>
{
    public override string Summary => "Revokes an API key for good. It is refused everywhere when this answers.";

    protected override async Task<ResultResponse> InvokeAsync(AccountCall call, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        await environment.DeleteApiKeyAsync(request.KeyId, cancellationToken);
        return ResultResponse.Done;
    }
}
