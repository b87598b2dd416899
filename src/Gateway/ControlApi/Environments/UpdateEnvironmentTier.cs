using System.Text.Json;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class UpdateEnvironmentTier : AccountOperation<UpdateEnvironmentTierRequest, UpdateEnvironmentTierResponse>
{
    public override string Summary => "Moves an environment to another tier, at once.";

    public override string Description => "There is never a checkoutUrl in the answer: no tier of this cloud has to be paid for first.";

    protected override async Task<UpdateEnvironmentTierResponse> InvokeAsync(
        AccountCall call, UpdateEnvironmentTierRequest request, CancellationToken cancellationToken)
    {
        await call.Account.ChangeTierAsync(request.EnvironmentId, request.TierId, cancellationToken);
        return new UpdateEnvironmentTierResponse();
    }
}

/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="TierId">The tier it is to have.</param>
/// <param name="Payment">Ignored: there is no checkout.</param>
internal sealed record UpdateEnvironmentTierRequest(string EnvironmentId, Tier TierId, JsonElement? Payment = null);

/// <summary>Done.</summary>
internal sealed record UpdateEnvironmentTierResponse;
