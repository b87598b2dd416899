using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;
using RestateCloud.Grains.Provisioning;
using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Tiers;

namespace RestateCloud.Grains.Tests.Environments;

public sealed class IdentityRotationTests : IAsyncLifetime
{
    private static readonly TimeSpan Overlap = new RequestIdentityOptions().Overlap;

    private TestSilo _silo = null!;
    private EnvironmentSummary _summary = null!;
    private string _first = null!;

    private IEnvironmentGrain Environment => _silo.Environment(_summary);

    public async ValueTask InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        var account = await _silo.NewAccountAsync();
        _summary = await account.CreateEnvironmentAsync(new NewEnvironment("dev", Region: null, Tier.Free), idempotencyKey: null);
        _first = (await _silo.ActiveAsync(_summary)).SigningPublicKey;
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task The_next_key_is_shown_and_accepted_and_not_used()
    {
        var before = Running;

        var next = await Environment.BeginIdentityRotationAsync(idempotencyKey: null);

        Assert.NotEqual(_first, next);
        var shown = (await Environment.DescribeAsync())!;
        Assert.Equal((_first, EnvironmentStatus.Active), (shown.SigningPublicKey, shown.Status));
        Assert.Equal([Active(_first), Next(next)], shown.IdentityKeys);
        Assert.Equal(shown.IdentityKeys, (await Environment.GetRouteAsync())!.IdentityKeys);
        await Environment.ReconcileAsync();
        Assert.Equal(before, Running);
    }

    [Fact]
    public async Task A_completed_rotation_signs_with_the_next_key_and_accepts_the_last_for_a_while()
    {
        var next = await Environment.BeginIdentityRotationAsync(null);
        var before = (await Environment.GetRouteAsync())!.ResourceVersion;

        await Environment.CompleteIdentityRotationAsync(next);
        var active = await _silo.ActiveAsync(_summary);

        Assert.Equal(next, active.SigningPublicKey);
        Assert.True(active.ResourceVersion > before);
        Assert.Equal(next, Running.SigningPublicKey);
        Assert.Equal(Active(next), active.IdentityKeys[0]);
        Assert.Equal((_first, IdentityKeyState.Retiring), (active.IdentityKeys[1].PublicKey, active.IdentityKeys[1].State));
        Assert.InRange(active.IdentityKeys[1].AcceptedUntil!.Value - DateTimeOffset.UtcNow, Overlap / 2, Overlap);

        _silo.Advance(Overlap);
        await Environment.ReconcileAsync();
        var after = (await Environment.DescribeAsync())!;
        Assert.Equal([Active(next)], after.IdentityKeys);
        Assert.Equal(
            ["IdentityKeyAdded", "IdentityKeyChanged", "IdentityKeyRetiring", "IdentityKeyRetired"],
            after.Events.Select(e => e.Reason).Where(reason => reason.StartsWith("IdentityKey", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_last_key_is_accepted_for_as_long_as_servers_may_still_sign_with_it()
    {
        var next = await Environment.BeginIdentityRotationAsync(null);
        _silo.World.StepsToReady = int.MaxValue;
        await Environment.CompleteIdentityRotationAsync(next);
        _silo.Advance(10 * Overlap);
        await Environment.ReconcileAsync();

        var last = (await Environment.DescribeAsync())!.IdentityKeys[1];

        Assert.Equal(new EnvironmentIdentityKey(_first, IdentityKeyState.Retiring, AcceptedUntil: null), last);
    }

    [Fact]
    public async Task A_cancelled_rotation_leaves_the_key_as_it_was()
    {
        var next = await Environment.BeginIdentityRotationAsync(null);

        await Environment.CancelIdentityRotationAsync(next);
        await Environment.CancelIdentityRotationAsync(next);

        Assert.Equal([Active(_first)], (await Environment.DescribeAsync())!.IdentityKeys);
        await RefusedAsync(() => Environment.CompleteIdentityRotationAsync(next), "No rotation");
        Assert.NotEqual(next, await Environment.BeginIdentityRotationAsync(null));
    }

    [Fact]
    public async Task Steps_out_of_order_are_refused_in_words()
    {
        var next = await Environment.BeginIdentityRotationAsync(null);
        await RefusedAsync(() => Environment.BeginIdentityRotationAsync(null), next);
        await RefusedAsync(() => Environment.CompleteIdentityRotationAsync(_first), next);
        await RefusedAsync(() => Environment.CompleteIdentityRotationAsync("publickeyv1_other"), next);
        await RefusedAsync(() => Environment.CancelIdentityRotationAsync("publickeyv1_other"), next);
        await RefusedAsync(() => Environment.CancelIdentityRotationAsync(_first), "completed");

        await Environment.CompleteIdentityRotationAsync(next);

        await RefusedAsync(() => Environment.BeginIdentityRotationAsync(null), _first);
        await RefusedAsync(() => Environment.CancelIdentityRotationAsync(next), "completed");
        await RefusedAsync(() => Environment.CompleteIdentityRotationAsync(_first), "No rotation");
    }

    [Fact]
    public async Task Every_step_may_be_repeated_by_a_client_that_got_no_answer()
    {
        var next = await Environment.BeginIdentityRotationAsync("k");
        Assert.Equal(next, await Environment.BeginIdentityRotationAsync("k"));
        await Environment.CompleteIdentityRotationAsync(next);
        await Environment.CompleteIdentityRotationAsync(next);
        Assert.Equal(next, await Environment.BeginIdentityRotationAsync("k"));

        var described = await _silo.ActiveAsync(_summary);
        Assert.Equal([next, _first], described.IdentityKeys.Select(key => key.PublicKey));
        Assert.Single(described.Events, e => e.Reason == "IdentityKeyChanged");
    }

    [Fact]
    public async Task An_idempotency_key_of_a_rotation_that_is_over_begins_no_other()
    {
        await Environment.CancelIdentityRotationAsync(await Environment.BeginIdentityRotationAsync("k"));

        await RefusedAsync(() => Environment.BeginIdentityRotationAsync("k"), "is over");
    }

    [Fact]
    public async Task A_restart_at_any_step_ends_in_what_was_asked_for()
    {
        var next = await Environment.BeginIdentityRotationAsync(null);
        await _silo.RestartAsync();
        Assert.Equal([Active(_first), Next(next)], (await Environment.DescribeAsync())!.IdentityKeys);

        _silo.World.StepsToReady = int.MaxValue;
        await Environment.CompleteIdentityRotationAsync(next);
        await _silo.RestartAsync();
        _silo.World.StepsToReady = 0;
        await Environment.ReconcileAsync();
        Assert.Equal(next, (await _silo.ActiveAsync(_summary)).SigningPublicKey);

        await _silo.RestartAsync();
        _silo.Advance(Overlap);
        await Environment.ReconcileAsync();
        Assert.Equal([Active(next)], (await Environment.DescribeAsync())!.IdentityKeys);
    }

    [Fact]
    public async Task An_environment_that_is_gone_or_going_rotates_nothing()
    {
        _silo.World.CanRemove = false;
        await Environment.DestroyAsync();

        var refused = await Assert.ThrowsAsync<CloudException>(() => Environment.BeginIdentityRotationAsync(null));

        Assert.Equal(CloudError.NotFound, refused.Error);
    }

    private EnvironmentSpec Running => _silo.World.Running[_summary.EnvironmentId];

    private static EnvironmentIdentityKey Active(string key) => new(key, IdentityKeyState.Active);

    private static EnvironmentIdentityKey Next(string key) => new(key, IdentityKeyState.Next);

    private static async Task RefusedAsync(Func<Task> call, string saying)
    {
        var refused = await Assert.ThrowsAsync<CloudException>(call);
        Assert.Equal(CloudError.Conflict, refused.Error);
        Assert.Contains(saying, refused.Message, StringComparison.Ordinal);
    }
}
