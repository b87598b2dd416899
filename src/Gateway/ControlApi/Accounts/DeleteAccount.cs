using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Accounts;

internal sealed class DeleteAccount : UserOperation<DeleteAccountRequest, ResultResponse>
{
    public override string Summary => "Deletes an account that has no environments any more. Only its owner may.";

    protected override async Task<ResultResponse> InvokeAsync(UserCall call, DeleteAccountRequest request, CancellationToken cancellationToken)
    {
        await call.EnterAccount(request.AccountId).Account.DeleteAsync(call.User.UserId, cancellationToken);
        return ResultResponse.Done;
    }
}

/// <param name="AccountId"><c>acc_…</c></param>
internal sealed record DeleteAccountRequest(string AccountId);
