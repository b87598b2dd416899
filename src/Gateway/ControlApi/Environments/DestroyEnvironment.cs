using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class DestroyEnvironment : AccountOperation<EnvironmentRequest, ResultResponse>
{
    public override string Summary => "Destroys an environment with all its state and keys, for good.";

    protected override async Task<ResultResponse> InvokeAsync(
        AccountCall call, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        await call.Account.DestroyEnvironmentAsync(request.EnvironmentId, cancellationToken);
        return ResultResponse.Done;
    }
}
