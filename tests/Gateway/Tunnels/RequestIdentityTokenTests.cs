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

    [Fact]
    public void What_a_verified_token_says_is_checked_each_time()
    {
        var keys = new IdentityKeySet([(Active.PublicKey, null), (Last.PublicKey, _now.AddSeconds(10))]);
        var (token, last) = (Active.Token(Path), Last.Token(Path));
        Assert.True(RequestIdentityToken.IsGenuine(token, keys, Path, _now));
        Assert.True(RequestIdentityToken.IsGenuine(last, keys, Path, _now));

        Assert.True(RequestIdentityToken.IsGenuine(token, keys, $"/base{Path}", _now.AddSeconds(30)));
        Assert.False(RequestIdentityToken.IsGenuine(token, keys, "/invoke/Greeter/other", _now));
        Assert.False(RequestIdentityToken.IsGenuine(token, keys, Path, _now.AddSeconds(61)));
        Assert.False(RequestIdentityToken.IsGenuine(token, keys, Path, _now.AddSeconds(-62)));
        Assert.False(RequestIdentityToken.IsGenuine(last, keys, Path, _now.AddSeconds(10)));
    }

    [Fact]
    public void A_verified_token_vouches_for_no_other_and_in_no_other_environment()
    {
        var keys = new IdentityKeySet([(Active.PublicKey, null)]);
        var token = Active.Token(Path);
        Assert.True(RequestIdentityToken.IsGenuine(token, keys, Path, _now));

        // Another signature, and other claims under the same one.
        Assert.False(RequestIdentityToken.IsGenuine($"{token[..^4]}AAAA", keys, Path, _now));
        Assert.False(RequestIdentityToken.IsGenuine(Active.Token("/invoke/Greeter/other")[..^86] + token[^86..], keys, "/invoke/Greeter/other", _now));
        Assert.False(RequestIdentityToken.IsGenuine(token, new IdentityKeySet([(Next.PublicKey, null)]), Path, _now));
    }

    [Fact]
    public void More_verified_tokens_than_are_remembered_are_all_genuine_and_forged_ones_stay_forged()
    {
        var keys = new IdentityKeySet([(Active.PublicKey, null)]);
        var paths = Enumerable.Range(0, 600).Select(index => $"/invoke/Greeter/{index}").ToList();
        var tokens = paths.ConvertAll(path => Active.Token(path));

        for (var turn = 0; turn < 2; turn++)
        {
            Assert.All(tokens.Zip(paths), call => Assert.True(RequestIdentityToken.IsGenuine(call.First, keys, call.Second, _now)));
            Assert.All(tokens.Zip(paths).Take(100), call => Assert.False(RequestIdentityToken.IsGenuine($"{call.First[..^4]}AAAA", keys, call.Second, _now)));
        }
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
