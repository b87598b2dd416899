using System.Collections.Immutable;
using RestateCloud.Grains.Accounts;
using RestateCloud.Grains.Idempotency;

namespace RestateCloud.Grains.Users;

internal sealed record UserState
{
    public string Email { get; init; } = "";

    public PasswordHash? Password { get; init; }

    public ImmutableArray<UserAccount> Accounts { get; init; } = [];

    public IdempotencyLog Idempotency { get; init; } = new();
}

/// <summary>An account in the user's own records.</summary>
/// <param name="AccountId"><c>acc_…</c></param>
/// <param name="Ownership">Whether the user owns it or shares it.</param>
/// <param name="Name">For an owned account the name it was created with.</param>
/// <param name="Creating">The account may not exist yet: create it (again) before showing it.</param>
internal sealed record UserAccount(string AccountId, Ownership Ownership, string Name, bool Creating);
