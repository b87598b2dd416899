using RestateCloud.Gateway.ControlApi.Operations;

namespace RestateCloud.Gateway.ControlApi.Users;

internal sealed class GetUserIdentity : UserOperation<EmptyRequest, GetUserIdentityResponse>
{
    public override string Summary => "Says who the bearer of the access token is.";

    protected override Task<GetUserIdentityResponse> InvokeAsync(UserCall call, EmptyRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new GetUserIdentityResponse(call.User.UserId));
}

/// <param name="UserId">The caller, <c>user_…</c>.</param>
internal sealed record GetUserIdentityResponse(string UserId);
