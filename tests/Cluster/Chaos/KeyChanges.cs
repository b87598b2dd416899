using System.Collections.Concurrent;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.EndToEnd.Tests.ControlPlane;

namespace RestateCloud.Cluster.Tests.Chaos;

/// <summary>Creates API keys in the long-lived environments and deletes some; knows which of them must be there at the end.</summary>
public sealed class KeyChanges(World world, ControlClient client, int seed)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _keysOf =
        new(world.Tenants.ToDictionary(tenant => tenant.Environment.EnvironmentId, _ => new ConcurrentDictionary<string, bool>()));

    /// <summary>Creates a key and, half of the time, deletes it.</summary>
    public async Task ChangeAsync(int number)
    {
        var tenant = world.Tenants[number % world.Tenants.Count];
        var environment = tenant.Environment.EnvironmentId;
        var idempotencyKey = Guid.NewGuid().ToString("N");
        var key = await client.ChangeAsync(api => api.CreateApiKeyAsync(tenant.Account, environment, Roles.Ingress, idempotencyKey));
        Assert.True(_keysOf[environment].TryAdd(key.KeyId, true), "a key was given out twice");

        if ((HashCode.Combine(seed, number, _keysOf[environment].Count) & 1) == 0) return;
        await client.RemoveAsync(api => api.DeleteApiKeyAsync(tenant.Account, environment, key.KeyId));
        Assert.True(_keysOf[environment].TryRemove(key.KeyId, out _));
    }

    /// <summary>Fails unless exactly the keys of the acknowledged changes are there.</summary>
    public async Task CheckAsync()
    {
        foreach (var tenant in world.Tenants)
        {
            var environment = tenant.Environment.EnvironmentId;
            // The key that the tenant's own clients use is the first.
            var listed = await client.AskAsync(api => api.ListApiKeysAsync(tenant.Account, environment));
            Assert.Equal(_keysOf[environment].Keys.Order(), listed.Select(key => key.KeyId).Where(id => !tenant.Key.StartsWith($"{id}.", StringComparison.Ordinal)).Order());
        }
    }
}
