using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class ListVersions(IEnvironmentProvisioner provisioner) : AccountOperation<EmptyRequest, ListVersionsResponse>
{
    public override string Summary => "Lists the versions of restate-server that an environment can run, the default first.";

    protected override Task<ListVersionsResponse> InvokeAsync(AccountCall call, EmptyRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ListVersionsResponse(provisioner.Versions));
}

/// <param name="Versions">Versions such as 1.7.12.</param>
internal sealed record ListVersionsResponse(IReadOnlyList<string> Versions);
