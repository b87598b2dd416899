using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class CompleteIdentityKeyRotation : AccountOperation<IdentityKeyRequest, ResultResponse>
{
    public override string Summary => "Has an environment sign its calls with the next key; call it once every service accepts that key.";

    public override string Description =>
        "Answers when the change is certain to happen. DescribeEnvironment shows when it has and until when the last key is still accepted. "
        + "Tunnel clients that know only the last key have to be started again.";

    protected override async Task<ResultResponse> InvokeAsync(
        AccountCall call, IdentityKeyRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        await environment.CompleteIdentityRotationAsync(request.PublicKey, cancellationToken);
        return ResultResponse.Done;
    }
}

/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="PublicKey">The next key, as BeginIdentityKeyRotation showed it.</param>
internal sealed record IdentityKeyRequest(string EnvironmentId, string PublicKey);
