using RestateCloud.Grains.SignIn;
using RestateCloud.Grains.Tests.Hosting;

namespace RestateCloud.Grains.Tests.SignIn;

public sealed class DeviceGrantsGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly string Device = SignInHash.Of("device");
    private static readonly string User = SignInHash.Of("BCDF-GHJK");

    private TestSilo _silo = null!;

    private IDeviceGrantsGrain Grants => _silo.Grains.GetGrain<IDeviceGrantsGrain>(SignInHash.PartOf(User));

    public async ValueTask InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        Assert.True(await Grants.BeginAsync(Device, User, Lifetime));
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_device_hears_that_its_user_did_not_come_in_time()
    {
        _silo.Advance(Lifetime);

        Assert.False(await Grants.ApproveAsync(User, "user_x"));
        Assert.Equal(DeviceState.Expired, (await PollAsync()).State);
        Assert.Equal(DeviceState.Unknown, (await PollAsync()).State);
    }

    [Fact]
    public async Task A_device_that_keeps_the_interval_is_never_told_to_slow_down()
    {
        for (var poll = 0; poll < 10; poll++)
        {
            Assert.Equal(DeviceState.Pending, (await PollAsync()).State);
            _silo.Advance(Interval);
        }

        Assert.True(await Grants.ApproveAsync(User, "user_x"));
        Assert.Equal(new DevicePoll(DeviceState.Approved, "user_x"), await PollAsync());
    }

    [Fact]
    public async Task A_device_that_asks_too_often_is_slowed_down_also_when_it_is_approved()
    {
        // Longer than the test takes: the silo's clock goes on by itself.
        var interval = TimeSpan.FromMinutes(4);
        await Grants.PollAsync(Device, interval);
        await Grants.ApproveAsync(User, "user_x");

        Assert.Equal(DeviceState.TooFast, (await Grants.PollAsync(Device, interval)).State);
        _silo.Advance(interval);
        Assert.Equal(DeviceState.Approved, (await Grants.PollAsync(Device, interval)).State);
    }

    [Fact]
    public async Task A_device_is_let_in_by_one_user_only_and_gets_its_answer_once()
    {
        var approvals = await Task.WhenAll(Grants.ApproveAsync(User, "user_first"), Grants.ApproveAsync(User, "user_second"));
        Assert.Single(approvals, approved => approved);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Grants.PollAsync(Device, TimeSpan.Zero)));

        Assert.Equal(approvals[0] ? "user_first" : "user_second", Assert.Single(answers, answer => answer.State == DeviceState.Approved).UserId);
    }

    [Fact]
    public async Task A_device_goes_on_waiting_when_the_silo_ends_and_so_does_its_users_word()
    {
        await _silo.RestartAsync();
        Assert.Equal(DeviceState.Pending, (await PollAsync()).State);
        Assert.True(await Grants.ApproveAsync(User, "user_x"));
        await _silo.RestartAsync();

        Assert.Equal("user_x", (await PollAsync()).UserId);
    }

    [Fact]
    public async Task No_two_devices_wait_under_one_code() => Assert.False(await Grants.BeginAsync(SignInHash.Of("other"), User, Lifetime));

    [Fact]
    public async Task Devices_are_bounded_and_make_room_when_they_are_forgotten()
    {
        for (var i = 1; i < IDeviceGrantsGrain.Capacity; i++) Assert.True(await BeginAsync($"{i}"));
        Assert.False(await BeginAsync("one more"));
        _silo.Advance(Lifetime);
        Assert.False(await BeginAsync("one more"));

        _silo.Advance(Lifetime);

        Assert.True(await BeginAsync("one more"));
        Assert.Equal(DeviceState.Unknown, (await PollAsync()).State);
    }

    private Task<bool> BeginAsync(string name) => Grants.BeginAsync(SignInHash.Of($"device {name}"), SignInHash.Of($"user {name}"), Lifetime);

    private Task<DevicePoll> PollAsync() => Grants.PollAsync(Device, Interval);
}
