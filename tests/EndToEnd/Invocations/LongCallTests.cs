using RestateCloud.EndToEnd.Tests.Services;

namespace RestateCloud.EndToEnd.Tests.Invocations;

/// <summary>Calls that last. A class of its own, so that it runs beside all others.</summary>
public sealed class LongCallTests(Workbench workbench) : IClassFixture<Workbench>
{
    // Longer than the timeouts that proxies, Kestrel and HttpClient have by default; the longest is 100 seconds.
    private const int Milliseconds = 125_000;

    [Fact]
    public async Task A_call_may_take_longer_than_two_minutes()
    {
        Assert.Equal(Milliseconds, await workbench.Environment.Ingress.CallAsync<int>("Bench/sleep", Milliseconds));
    }
}
