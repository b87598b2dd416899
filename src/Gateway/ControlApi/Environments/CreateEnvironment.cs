using System.Text.Json;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class CreateEnvironment : AccountOperation<CreateEnvironmentRequest, CreateEnvironmentResponse>
{
    public override string Summary => "Creates an environment. It becomes ACTIVE by itself, within seconds.";

    public override string Description => "There is never a checkoutUrl in the answer: no tier of this cloud has to be paid for first.";

    public override bool TakesIdempotencyKey => true;

    protected override async Task<CreateEnvironmentResponse> InvokeAsync(
        AccountCall call, CreateEnvironmentRequest request, CancellationToken cancellationToken)
    {
        var wanted = new NewEnvironment(request.Name, request.Region, request.TierId ?? Tier.Free, request.Version);
        var environment = await call.Account.CreateEnvironmentAsync(wanted, call.IdempotencyKey, cancellationToken);
        return new CreateEnvironmentResponse(environment.EnvironmentId, environment.Name);
    }
}

/// <param name="Name">1 to 64 characters, no slash, no control characters and no space at either end; unique in the account.</param>
/// <param name="Region">Where it is to run; without it in the cloud's first region.</param>
/// <param name="TierId">Its tier, FREE by default.</param>
/// <param name="Version">The version of restate-server, the cloud's default unless given. ListVersions shows the choice.</param>
/// <param name="Payment">Ignored: there is no checkout.</param>
internal sealed record CreateEnvironmentRequest(
    string Name, string? Region = null, Tier? TierId = null, string? Version = null, JsonElement? Payment = null);

/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Name">Its name.</param>
internal sealed record CreateEnvironmentResponse(string EnvironmentId, string Name);
