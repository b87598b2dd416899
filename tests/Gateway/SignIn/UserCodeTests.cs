using RestateCloud.Gateway.SignIn.Device;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class UserCodeTests
{
    [Theory]
    [InlineData("bcdf-ghjk", "BCDF-GHJK")]
    [InlineData(" bcdf ghjk ", "BCDF-GHJK")]
    [InlineData("BCDFGHJK", "BCDF-GHJK")]
    [InlineData("BCDF-GHJ", null)]
    [InlineData("ABCD-EFGH", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_user_code_is_read_however_it_is_typed(string? typed, string? code) => Assert.Equal(code, UserCode.Parse(typed));
}
