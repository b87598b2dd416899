using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;

namespace RestateCloud.Gateway.ControlApi.Accounts;

/// <param name="SecondaryOwnerUserId">The user, <c>user_…</c>.</param>
internal sealed record SecondaryOwnerRequest(string SecondaryOwnerUserId)
{
    /// <summary>The id, once it is known to have the form of one: it names a grain.</summary>
    /// <exception cref="CloudException">It cannot be a user's id.</exception>
    public string CheckedUserId() => ResourceId.IsValid(ResourceId.User, SecondaryOwnerUserId)
        ? SecondaryOwnerUserId
        : throw new CloudException(
            CloudError.Invalid, "The field 'secondaryOwnerUserId' is not a user's id: those start with 'user_'. The user finds it with GetUserIdentity.");
}

/// <param name="SecondaryOwnersUserIds">The users who share the account now.</param>
internal sealed record SecondaryOwnersResponse(IReadOnlyList<string> SecondaryOwnersUserIds);
