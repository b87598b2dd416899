using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class CreateAccount : UserOperation<CreateAccountRequest, CreateAccountResponse>
{
    public override string Summary => "Creates an account that the caller owns.";

    public override bool TakesIdempotencyKey => true;

    protected override async Task<CreateAccountResponse> InvokeAsync(
        UserCall call, CreateAccountRequest request, CancellationToken cancellationToken)
    {
        var account = await call.UserGrain.CreateAccountAsync(request.Name, call.IdempotencyKey, cancellationToken);
        return new CreateAccountResponse(account.AccountId, account.Name);
    }
}

/// <param name="Name">1 to 64 characters, no slash, no control characters and no space at either end; unique among the caller's own accounts.</param>
internal sealed record CreateAccountRequest(string Name);

/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Name">Its display name.</param>
internal sealed record CreateAccountResponse(string AccountId, string Name);
