using k8s;
using k8s.Models;
using Npgsql;
using RestateCloud.Cluster.Tests.Clusters;
using RestateCloud.TestSupport;

namespace RestateCloud.Cluster.Tests.Kubernetes;

/// <summary>
/// Silos that are pods of a real Kubernetes. Their processes run here; the API server knows them as pods, and nothing else about them, so
/// that only what it says can be the reason why a silo that is alive is declared dead.
/// </summary>
/// <remarks>Runs where <c>RESTATE_CLOUD_KUBECONFIG</c> names a kubeconfig of an API server, which needs no node.</remarks>
public sealed class PodTests
{
    private const int Active = 3, Dead = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static bool IsAskedFor => Kubeconfig is not null;

    private static string? Kubeconfig => Environment.GetEnvironmentVariable("RESTATE_CLOUD_KUBECONFIG");

    [Fact(Skip = "Set RESTATE_CLOUD_KUBECONFIG.", SkipUnless = nameof(IsAskedFor))]
    public async Task A_silo_whose_pod_is_deleted_is_declared_dead_by_the_others()
    {
        using var api = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig));
        var space = (await api.CreateNamespaceAsync(new V1Namespace { Metadata = new() { GenerateName = "restate-cloud-" } })).Name();
        await using var cluster = await TestCluster.PrepareAsync(silos: 4, gateways: 0);
        try
        {
            foreach (var (number, silo) in cluster.Silos.Index())
            {
                var name = $"silo-{number}";
                await api.CreateNamespacedPodAsync(PodOf(name), space);
                silo.Environment["KUBECONFIG"] = Kubeconfig;
                silo.Environment["POD_NAMESPACE"] = space;
                silo.Environment["POD_NAME"] = name;
                silo.Environment["POD_IP"] = "127.0.0.1";
                await silo.StartAsync("--Cluster:Kubernetes=true");
                await silo.ReadyAsync();
            }

            // Each death is a change of membership, after which other silos may be the ones that watch.
            foreach (var name in (string[])["silo-3", "silo-2", "silo-1"])
            {
                await StatusAsync(cluster, name, Active);
                Assert.Equal("restate-cloud", (await api.ReadNamespacedPodAsync(name, space)).GetLabel("orleans/clusterId"));
                await api.DeleteNamespacedPodAsync(name, space, gracePeriodSeconds: 0);
                await StatusAsync(cluster, name, Dead);
            }

            await StatusAsync(cluster, "silo-0", Active);
        }
        finally
        {
            await api.DeleteNamespaceAsync(space);
        }
    }

    private static V1Pod PodOf(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Containers = [new() { Name = "silo", Image = "restate-cloud:test" }] },
    };

    private static async Task StatusAsync(TestCluster cluster, string name, int status)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM silo WHERE name = $1 AND status = $2", connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = status });
        await Eventually.HoldsAsync(async () => await command.ExecuteScalarAsync() is 1L, $"{name} has status {status}", Limit);
    }
}
