using RestateCloud.Grains.Provisioning;
using RestateCloud.Provisioning.Tests.Support;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

/// <summary>A server has the key pair of its spec, however it came to be followed.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData(LocalCloud.Current)]
    [InlineData(LocalCloud.Previous)]
    public async Task Another_key_restarts_the_server_with_it(string version)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var first = LocalCloud.Spec(version: version);
        await cloud.ReadyAsync(first);
        var server = cloud.Server(first);
        Assert.Equal([first.SigningPublicKey], await KeysLoadedAsync(cloud, first));

        var second = first.WithNewKey() with { Generation = 2 };
        var seen = await cloud.Provisioner.ReconcileAsync(second, TestContext.Current.CancellationToken);
        Assert.Equal((EnvironmentPhase.Starting, 1), (seen.Phase, seen.Generation));
        await cloud.ReadyAsync(second);

        Assert.NotEqual(server, cloud.Server(second));
        Assert.Equal([first.SigningPublicKey, second.SigningPublicKey], await KeysLoadedAsync(cloud, second));
    }

    [Fact]
    public async Task A_server_that_is_adopted_is_kept_with_its_key_and_restarted_for_another()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var first = LocalCloud.Spec();
        await cloud.ReadyAsync(first);
        var server = cloud.Server(first);

        await cloud.RestartAsync();
        await cloud.ReadyAsync(first with { Generation = 2 });
        Assert.Equal(server, cloud.Server(first));

        // What a cloud leaves that was killed between the request for another key and the restart of the server.
        await cloud.RestartAsync();
        var second = first.WithNewKey() with { Generation = 3 };
        await cloud.ReadyAsync(second);
        Assert.NotEqual(server, cloud.Server(second));
        Assert.Equal(second.SigningPublicKey, (await KeysLoadedAsync(cloud, second))[^1]);

        server = cloud.Server(second);
        await cloud.RestartAsync();
        await cloud.ReadyAsync(second);
        Assert.Equal(server, cloud.Server(second));
    }

    /// <summary>The public keys that the environment's servers said they had, in order.</summary>
    private static async Task<string[]> KeysLoadedAsync(LocalCloud cloud, EnvironmentSpec spec)
    {
        var keys = new List<string>();
        await foreach (var line in cloud.Logs.ReadAsync(spec.EnvironmentId, 0, long.MaxValue, TestContext.Current.CancellationToken))
        {
            if (line.Line.Contains("Loaded request identity key", StringComparison.Ordinal)) keys.Add(KeyIn(line.Line));
        }

        return [.. keys.Distinct()];
    }

    private static string KeyIn(string line)
    {
        var key = line[line.IndexOf("publickeyv1_", StringComparison.Ordinal)..];
        return key[..key.IndexOf('"')];
    }
}
