using System.Security.Cryptography;
using Orleans;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Users;

namespace RestateCloud.Silo.FirstRun;

/// <summary>The user that a new cloud is handed over to.</summary>
/// <param name="UserId"><c>user_…</c></param>
/// <param name="Email">What the user signs in with.</param>
/// <param name="NewPassword">At the very first start only; kept nowhere but as a hash.</param>
internal sealed record FirstUser(string UserId, string Email, string? NewPassword)
{
    private const int PasswordLength = 20;
    private const string PasswordAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>
    /// Finds the first user, or creates it. A start that was cut off in the middle leaves nothing that the next one does not finish, and of
    /// processes that start together one makes the user.
    /// </summary>
    public static async Task<FirstUser> EnsureAsync(IGrainFactory grains, string email, CancellationToken cancellationToken)
    {
        var address = grains.GetGrain<IUserEmailGrain>(email.ToLowerInvariant());
        while (true)
        {
            var userId = await address.FindUserAsync(cancellationToken) ?? ResourceId.New(ResourceId.User);
            var user = grains.GetGrain<IUserGrain>(userId);
            if (await user.DescribeAsync(cancellationToken) is not null) return new FirstUser(userId, email, NewPassword: null);

            var password = RandomNumberGenerator.GetString(PasswordAlphabet, PasswordLength);
            try
            {
                await user.CreateAsync(new NewUser(email, password), cancellationToken);
            }
            catch (CloudException exception) when (exception.Error == CloudError.Conflict)
            {
                // Another process has claimed the address meanwhile.
                continue;
            }

            // Creating a user that another process has just created changes nothing, its password least of all.
            return new FirstUser(userId, email, await user.VerifyPasswordAsync(password, cancellationToken) ? password : null);
        }
    }
}
