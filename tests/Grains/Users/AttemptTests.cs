using RestateCloud.Grains.Tests.Hosting;
using RestateCloud.Grains.Users;

namespace RestateCloud.Grains.Tests.Users;

public sealed class AttemptTests : IAsyncLifetime
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task So_many_attempts_are_made_on_an_address_within_the_window_and_no_more()
    {
        var address = _silo.Grains.GetGrain<IUserEmailGrain>("grace@example.com");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => address.TryAttemptAsync(10, Window)));
        Assert.Equal(10, attempts.Count(allowed => allowed));
        Assert.True(await _silo.Grains.GetGrain<IUserEmailGrain>("ada@example.com").TryAttemptAsync(10, Window));

        _silo.Advance(Window);
        Assert.True(await address.TryAttemptAsync(10, Window));
    }
}
