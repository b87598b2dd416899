using RestateCloud.Gateway.Tunnels.Identity;
using RestateCloud.Grains.Environments;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class RequestIdentityTokenTests
{
    private const string Path = "/invoke/Greeter/greet";

    private static readonly TestIdentity Active = TestIdentity.New();
    private static readonly TestIdentity Next = TestIdentity.New();
    private static readonly TestIdentity Last = TestIdentity.New();

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public void Every_key_of_a_rotation_is_accepted()
    {
        Assert.True(IsGenuine(Active.Token(Path)));
        Assert.True(IsGenuine(Next.Token(Path)));
        Assert.True(IsGenuine(Last.Token(Path)));
    }

    [Fact]
    public void The_last_key_is_accepted_until_its_end_and_no_longer()
    {
        Assert.True(IsGenuine(Last.Token(Path), lastUntil: _now.AddTicks(1)));
        Assert.False(IsGenuine(Last.Token(Path), lastUntil: _now));
        Assert.True(IsGenuine(Active.Token(Path), lastUntil: _now));
    }

    [Fact]
    public void A_key_vouches_for_no_other()
    {
        Assert.False(IsGenuine(Last.Token(Path, keyId: Active.PublicKey)));
        Assert.False(IsGenuine(Next.Token(Path, keyId: Last.PublicKey)));
        Assert.False(IsGenuine(TestIdentity.New().Token(Path)));
        Assert.False(IsGenuine(TestIdentity.New().Token(Path, keyId: Active.PublicKey)));
        Assert.False(IsGenuine(Active.Token(Path, keyId: "")));
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_none()
    {
        var keys = new IdentityKeySet([new("", IdentityKeyState.Active), new("publickeyv1_0", IdentityKeyState.Next)]);

        Assert.False(RequestIdentityToken.IsGenuine(Active.Token(Path, keyId: ""), keys, Path, _now));
        Assert.False(RequestIdentityToken.IsGenuine(Active.Token(Path, keyId: "publickeyv1_0"), keys, Path, _now));
    }

    private bool IsGenuine(string token, DateTimeOffset? lastUntil = null) => RequestIdentityToken.IsGenuine(
        token,
        new IdentityKeySet(
        [
            new(Active.PublicKey, IdentityKeyState.Active),
            new(Next.PublicKey, IdentityKeyState.Next),
            new(Last.PublicKey, IdentityKeyState.Retiring, lastUntil),
        ]),
        Path,
        _now);
}
