using RestateCloud.TestSupport;

[assembly: AssemblyFixture(typeof(RestateCloud.Grains.Cluster.Azure.Tests.Hosts.AzuriteServer))]

namespace RestateCloud.Grains.Cluster.Azure.Tests.Hosts;

/// <summary>The Azurite of all tests, started when the first of them takes an account.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private static readonly Lazy<Task<Azurite>> Running = new(Azurite.StartAsync);

    /// <summary>A connection string of an account in which there is nothing.</summary>
    public static async Task<string> NewAccountAsync() => (await Running.Value).NewAccount();

    public async ValueTask DisposeAsync()
    {
        if (Running.IsValueCreated) await (await Running.Value).DisposeAsync();
    }
}
