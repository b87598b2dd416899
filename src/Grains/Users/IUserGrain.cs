using System.Collections.Immutable;
using Orleans.Concurrency;
using RestateCloud.Grains.Accounts;

namespace RestateCloud.Grains.Users;

/// <summary>A person who signs in; key <c>user_…</c>. Knows which accounts the person belongs to.</summary>
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Creates the user; repeating it with the same e-mail address changes nothing.</summary>
    /// <exception cref="Errors.CloudException">The address belongs to another user.</exception>
    Task CreateAsync(NewUser user, CancellationToken cancellationToken = default);

    /// <summary>The user, or null when there is none of this id.</summary>
    [AlwaysInterleave]
    Task<UserDescription?> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the password is the user's. Takes the same time whether or not the user exists.</summary>
    Task<bool> VerifyPasswordAsync(string password, CancellationToken cancellationToken = default);

    /// <summary>Creates an account that this user owns.</summary>
    /// <param name="name">See <see cref="Identifiers.ResourceName"/>; unique among the accounts that the user owns.</param>
    /// <param name="idempotencyKey">A repeated call with the same key within 24 hours answers the first call's account.</param>
    /// <param name="cancellationToken">Ends the wait, not a creation that has begun.</param>
    /// <exception cref="Errors.CloudException">Invalid or taken name, or too many accounts.</exception>
    Task<AccountSummary> CreateAccountAsync(string name, string? idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>Called by an account that has taken this user in; idempotent.</summary>
    /// <exception cref="Errors.CloudException">No such user.</exception>
    Task JoinAccountAsync(string accountId, CancellationToken cancellationToken = default);

    /// <summary>Called by an account that has let this user go or is gone; idempotent.</summary>
    Task LeaveAccountAsync(string accountId, CancellationToken cancellationToken = default);
}

/// <summary>What a user is created from.</summary>
/// <param name="Email">Address, at most 254 characters; compared without case.</param>
/// <param name="Password">12 to 256 characters, or null for a user who signs in elsewhere. Only a hash is kept.</param>
[GenerateSerializer, Immutable]
public sealed record NewUser(string Email, string? Password);

/// <summary>A user as others see it.</summary>
/// <param name="UserId"><c>user_…</c></param>
/// <param name="Email">The address as it was given.</param>
/// <param name="Accounts">The accounts that the user belongs to, oldest first.</param>
[GenerateSerializer, Immutable]
public sealed record UserDescription(string UserId, string Email, ImmutableArray<AccountMembership> Accounts)
{
    /// <summary>The user's place in an account, or null for an outsider.</summary>
    public AccountMembership? MembershipOf(string accountId)
    {
        foreach (var membership in Accounts)
        {
            if (string.Equals(membership.AccountId, accountId, StringComparison.Ordinal)) return membership;
        }

        return null;
    }
}

/// <summary>A user's place in an account.</summary>
/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Ownership">Whether the user owns it or shares it.</param>
[GenerateSerializer, Immutable]
public sealed record AccountMembership(string AccountId, Ownership Ownership);
