using RestateCloud.Grains.SignIn;
using RestateCloud.Grains.Tests.Hosting;

namespace RestateCloud.Grains.Tests.SignIn;

public sealed class AuthorizationCodesGrainTests : IAsyncLifetime
{
    private static readonly AuthorizationGrant Grant = new("user_x", "client", "uri");
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly string Code = SignInHash.Of("code");

    private TestSilo _silo = null!;

    private IAuthorizationCodesGrain Codes => _silo.Grains.GetGrain<IAuthorizationCodesGrain>(SignInHash.PartOf(Code));

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_code_is_redeemed_once_also_when_many_try_at_the_same_time()
    {
        Assert.True(await Codes.IssueAsync(Code, Grant, Lifetime));

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Codes.RedeemAsync(Code)));

        Assert.Equal(Grant, Assert.Single(redeemed, grant => grant is not null));
    }

    [Fact]
    public async Task A_code_lives_a_minute()
    {
        await Codes.IssueAsync(Code, Grant, Lifetime);
        await Codes.IssueAsync(SignInHash.Of("later"), Grant, 2 * Lifetime);
        _silo.Advance(Lifetime);

        Assert.Null(await Codes.RedeemAsync(Code));
        Assert.Equal(Grant, await Codes.RedeemAsync(SignInHash.Of("later")));
    }

    [Fact]
    public async Task A_code_outlives_the_silo_and_one_that_was_used_stays_used()
    {
        await Codes.IssueAsync(Code, Grant, Lifetime);
        await _silo.RestartAsync();
        Assert.Equal(Grant, await Codes.RedeemAsync(Code));
        await _silo.RestartAsync();

        Assert.Null(await Codes.RedeemAsync(Code));
    }

    [Fact]
    public async Task Codes_are_bounded_and_make_room_when_they_expire()
    {
        for (var i = 0; i < IAuthorizationCodesGrain.Capacity; i++) Assert.True(await Codes.IssueAsync(SignInHash.Of($"{i}"), Grant, Lifetime));
        Assert.False(await Codes.IssueAsync(Code, Grant, Lifetime));

        _silo.Advance(Lifetime);

        Assert.True(await Codes.IssueAsync(Code, Grant, Lifetime));
    }
}
