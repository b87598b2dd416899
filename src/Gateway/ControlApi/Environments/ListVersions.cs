using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Regions;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class ListVersions(IGrainFactory grains, RegionOptions regions) : AccountOperation<EmptyRequest, ListVersionsResponse>
{
    public override string Summary => "Lists the versions of restate-server that an environment can run, the default first.";

    protected override async Task<ListVersionsResponse> InvokeAsync(
        AccountCall call, EmptyRequest request, CancellationToken cancellationToken) =>
        new(await grains.GetGrain<IRegionGrain>(regions.Default).ListVersionsAsync(cancellationToken));
}

/// <param name="Versions">Versions such as 1.7.12.</param>
internal sealed record ListVersionsResponse(IReadOnlyList<string> Versions);
