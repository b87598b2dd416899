using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class CancelIdentityKeyRotation : AccountOperation<IdentityKeyRequest, ResultResponse>
{
    public override string Summary => "Drops the next key of an environment's rotation, before it was completed.";

    protected override async Task<ResultResponse> InvokeAsync(
        AccountCall call, IdentityKeyRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        await environment.CancelIdentityRotationAsync(request.PublicKey, cancellationToken);
        return ResultResponse.Done;
    }
}
