using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tests.Users;

public sealed class PasswordHashTests
{
    [Fact]
    public void Only_the_password_itself_matches()
    {
        var hash = PasswordHash.Of("correct horse battery");

        Assert.True(hash.Matches("correct horse battery"));
        Assert.False(hash.Matches("correct horse batterY"));
        Assert.False(hash.Matches(""));
    }

    [Fact]
    public void Two_users_with_one_password_have_different_hashes() =>
        Assert.NotEqual(PasswordHash.Of("correct horse battery").Hash, PasswordHash.Of("correct horse battery").Hash);

    [Fact]
    public void Nobody_has_no_password() => Assert.False(PasswordHash.Nobody.Matches(""));
}
