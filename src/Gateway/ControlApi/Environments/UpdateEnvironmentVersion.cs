using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class UpdateEnvironmentVersion : AccountOperation<UpdateEnvironmentVersionRequest, ResultResponse>
{
    public override string Summary => "Moves an environment to another version of restate-server; its state is kept.";

    public override string Description => "Answers when the change is certain to happen; DescribeEnvironment shows when it has.";

    protected override async Task<ResultResponse> InvokeAsync(
        AccountCall call, UpdateEnvironmentVersionRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        await environment.ChangeVersionAsync(request.Version, cancellationToken);
        return ResultResponse.Done;
    }
}

/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Version">One of those that ListVersions shows.</param>
internal sealed record UpdateEnvironmentVersionRequest(string EnvironmentId, string Version);
