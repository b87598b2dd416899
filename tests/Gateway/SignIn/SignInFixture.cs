using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.Grains.Identifiers;
using RestateCloud.Grains.Users;

namespace RestateCloud.Gateway.Tests.SignIn;

/// <summary>A cloud with a user who has a password.</summary>
public sealed class SignInFixture : IAsyncLifetime
{
    public const string Email = "Grace@Example.com";
    public const string Password = "correct horse battery";

    internal TestCloud Cloud { get; private set; } = null!;

    internal string UserId { get; } = ResourceId.New(ResourceId.User);

    // The tests of a class share the user, and have no business with the limit but where they say so.
    public async ValueTask InitializeAsync() => Cloud = await StartAsync(UserId, new() { ["SignIn:AttemptsPerUser"] = "1000" });

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    internal static async Task<TestCloud> StartAsync(string userId, Dictionary<string, string?>? settings = null)
    {
        var cloud = await TestCloud.StartAsync(settings: settings);
        await cloud.Grains.GetGrain<IUserGrain>(userId).CreateAsync(new NewUser(Email, Password));
        return cloud;
    }
}
