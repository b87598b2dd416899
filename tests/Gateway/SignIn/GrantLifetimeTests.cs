using Microsoft.Extensions.Options;
using RestateCloud.Gateway.SignIn;
using RestateCloud.Gateway.SignIn.AuthorizationCode;
using RestateCloud.Gateway.SignIn.Device;

namespace RestateCloud.Gateway.Tests.SignIn;

public sealed class GrantLifetimeTests
{
    private static readonly AuthorizationGrant Grant = new("user_x", "client", "uri");

    private readonly ManualClock _clock = new();
    private readonly IOptions<SignInOptions> _options = Options.Create(new SignInOptions());

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_code_lives_a_minute(double seconds, bool lives)
    {
        var codes = new AuthorizationCodes(_options, _clock);
        var code = codes.Issue(Grant)!;
        _clock.Advance(seconds);

        Assert.Equal(lives ? Grant : null, codes.Redeem(code));
    }

    [Fact]
    public void Codes_are_bounded_and_make_room_when_they_expire()
    {
        var codes = new AuthorizationCodes(_options, _clock);
        while (codes.Issue(Grant) is not null)
        {
        }

        _clock.Advance(60);

        Assert.NotNull(codes.Issue(Grant));
    }

    [Fact]
    public void A_device_hears_that_its_user_did_not_come_in_time()
    {
        var grants = new DeviceGrants(_options, _clock);
        var codes = grants.Begin()!;
        _clock.Advance(600);

        Assert.False(grants.Approve(codes.UserCode, "user_x"));
        Assert.Equal(DeviceState.Expired, grants.Poll(codes.DeviceCode).State);
        Assert.Equal(DeviceState.Unknown, grants.Poll(codes.DeviceCode).State);
    }

    [Fact]
    public void A_device_that_keeps_the_interval_is_never_told_to_slow_down()
    {
        var grants = new DeviceGrants(_options, _clock);
        var codes = grants.Begin()!;

        for (var poll = 0; poll < 10; poll++)
        {
            Assert.Equal(DeviceState.Pending, grants.Poll(codes.DeviceCode).State);
            _clock.Advance(5);
        }

        Assert.True(grants.Approve(codes.UserCode, "user_x"));
        Assert.Equal(new DevicePoll(DeviceState.Approved, "user_x"), grants.Poll(codes.DeviceCode));
    }

    [Fact]
    public void A_device_that_asks_too_often_is_slowed_down_also_when_it_is_approved()
    {
        var grants = new DeviceGrants(_options, _clock);
        var codes = grants.Begin()!;
        grants.Poll(codes.DeviceCode);
        grants.Approve(codes.UserCode, "user_x");
        _clock.Advance(4);

        Assert.Equal(DeviceState.TooFast, grants.Poll(codes.DeviceCode).State);
        _clock.Advance(5);
        Assert.Equal(DeviceState.Approved, grants.Poll(codes.DeviceCode).State);
    }

    [Fact]
    public void A_device_is_let_in_by_one_user_only()
    {
        var grants = new DeviceGrants(_options, _clock);
        var codes = grants.Begin()!;

        Assert.True(grants.Approve(codes.UserCode, "user_first"));
        Assert.False(grants.Approve(codes.UserCode, "user_second"));
        Assert.Equal("user_first", grants.Poll(codes.DeviceCode).UserId);
    }

    [Fact]
    public void Devices_are_bounded_and_make_room_when_they_are_forgotten()
    {
        var grants = new DeviceGrants(_options, _clock);
        while (grants.Begin() is not null)
        {
        }

        _clock.Advance(1200);

        Assert.NotNull(grants.Begin());
    }

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
