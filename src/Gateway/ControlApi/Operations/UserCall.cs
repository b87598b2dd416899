using Microsoft.AspNetCore.Http;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>A call by a user who was let in.</summary>
internal class UserCall(UserDescription user, IGrainFactory grains, HttpContext http)
{
    private const string NoSuchAccount = "No such account, or you do not belong to it. ListAccounts shows the accounts that you belong to.";

    /// <summary>Who calls.</summary>
    public UserDescription User { get; } = user;

    /// <summary>The caller's grain.</summary>
    public IUserGrain UserGrain => Grains.GetGrain<IUserGrain>(User.UserId);

    /// <summary>The <c>idempotency-key</c> header, read only by operations that take one.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The HTTP exchange.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>All grains; ids that come from the caller are checked before they name one.</summary>
    protected IGrainFactory Grains { get; } = grains;

    /// <summary>
    /// The account as this caller may use it. A foreign id, one of no account and one that cannot be an id are refused alike, by looking at
    /// the caller's own list only: nothing of another account is touched, so nothing of it shows in the answer or in its time.
    /// </summary>
    /// <exception cref="CloudException">The caller does not belong to it.</exception>
    public AccountCall EnterAccount(string accountId) => User.MembershipOf(accountId) is { } membership
        ? new AccountCall(User, membership, Grains, Http)
        : throw new CloudException(CloudError.NotFound, NoSuchAccount);
}
