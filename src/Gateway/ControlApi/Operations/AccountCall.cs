using Microsoft.AspNetCore.Http;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.ControlApi.Operations;

/// <summary>A call about an account that the caller belongs to.</summary>
internal sealed class AccountCall(UserDescription user, AccountMembership membership, IGrainFactory grains, HttpContext http)
    : UserCall(user, grains, http)
{
    private const string NoSuchEnvironment = "No such environment in this account. ListEnvironments shows those that there are.";

    /// <summary>The account's id.</summary>
    public string AccountId => Membership.AccountId;

    /// <summary>The caller's place in it.</summary>
    public AccountMembership Membership { get; } = membership;

    /// <summary>The account's grain.</summary>
    public IAccountGrain Account => Grains.GetGrain<IAccountGrain>(AccountId);

    /// <summary>The account as it is now.</summary>
    /// <exception cref="CloudException">It was deleted a moment ago.</exception>
    public async Task<AccountDescription> DescribeAccountAsync(CancellationToken cancellationToken) =>
        await Account.DescribeAsync(cancellationToken)
        ?? throw new CloudException(CloudError.NotFound, "This account is being deleted.");

    /// <summary>The grain of one of the account's environments; no grain is touched for an id that the account does not list.</summary>
    /// <exception cref="CloudException">The account has no such environment.</exception>
    public async Task<IEnvironmentGrain> EnterEnvironmentAsync(string environmentId, CancellationToken cancellationToken)
    {
        var account = await DescribeAccountAsync(cancellationToken);
        foreach (var environment in account.Environments)
        {
            if (string.Equals(environment.EnvironmentId, environmentId, StringComparison.Ordinal))
            {
                return Grains.GetGrain<IEnvironmentGrain>(environmentId);
            }
        }

        throw NoEnvironment();
    }

    /// <summary>One of the account's environments.</summary>
    /// <exception cref="CloudException">The account has no such environment.</exception>
    public async Task<EnvironmentDescription> DescribeEnvironmentAsync(string environmentId, CancellationToken cancellationToken)
    {
        var environment = await EnterEnvironmentAsync(environmentId, cancellationToken);
        return await environment.DescribeAsync(cancellationToken) ?? throw NoEnvironment();
    }

    private static CloudException NoEnvironment() => new(CloudError.NotFound, NoSuchEnvironment);
}
