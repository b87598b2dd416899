using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class BeginIdentityKeyRotation : AccountOperation<EnvironmentRequest, BeginIdentityKeyRotationResponse>
{
    public override string Summary => "Makes the next key pair that an environment signs its calls with, and shows its public half.";

    public override string Description =>
        "Nothing is signed with it yet: give it to your services beside the present one, then call CompleteIdentityKeyRotation.";

    public override bool TakesIdempotencyKey => true;

    protected override async Task<BeginIdentityKeyRotationResponse> InvokeAsync(
        AccountCall call, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        return new BeginIdentityKeyRotationResponse(await environment.BeginIdentityRotationAsync(call.IdempotencyKey, cancellationToken));
    }
}

/// <param name="PublicKey">The next key, <c>publickeyv1_…</c>.</param>
internal sealed record BeginIdentityKeyRotationResponse(string PublicKey);
