using RestateCloud.EndToEnd.Tests.ControlPlane;

namespace RestateCloud.EndToEnd.Tests.Clouds;

/// <summary>A user with an account.</summary>
/// <param name="AccessToken">What the user is signed in with.</param>
/// <param name="Api">The control API as this user.</param>
/// <param name="AccountId">The user's account.</param>
public sealed record Tenant(string AccessToken, ControlApi Api, string AccountId) : IDisposable
{
    /// <summary>Gives a user who is signed in an account.</summary>
    public static async Task<Tenant> CreateAsync(Cloud cloud, string accessToken)
    {
        var api = new ControlApi(() => cloud.FirstRun.ApiBaseUrl, accessToken);
        var account = await api.CreateAccountAsync($"account-{Guid.NewGuid():N}");
        return new Tenant(accessToken, api, account.AccountId);
    }

    public void Dispose() => Api.Dispose();
}
