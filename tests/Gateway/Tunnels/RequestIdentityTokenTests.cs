using RestateCloud.Protocols.Identity;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.Tunnels;

public sealed class RequestIdentityTokenTests
{
    private const string Path = "/invoke/Greeter/greet";

    private static readonly CallSigner Active = CallSigner.Create();
    private static readonly CallSigner Next = CallSigner.Create();
    private static readonly CallSigner Last = CallSigner.Create();

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
        Assert.False(IsGenuine(CallSigner.Create().Token(Path)));
        Assert.False(IsGenuine(CallSigner.Create().Token(Path, keyId: Active.PublicKey)));
        Assert.False(IsGenuine(Active.Token(Path, keyId: "")));
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_none()
    {
        var keys = new IdentityKeySet([("", null), ("publickeyv1_0", null)]);

        Assert.False(RequestIdentityToken.IsGenuine(Active.Token(Path, keyId: ""), keys, Path, _now));
        Assert.False(RequestIdentityToken.IsGenuine(Active.Token(Path, keyId: "publickeyv1_0"), keys, Path, _now));
    }

    private bool IsGenuine(string token, DateTimeOffset? lastUntil = null) => RequestIdentityToken.IsGenuine(
        token,
        new IdentityKeySet(
        [
            (Active.PublicKey, null),
            (Next.PublicKey, null),
            (Last.PublicKey, lastUntil),
        ]),
        Path,
        _now);
}
