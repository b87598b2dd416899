using System.Net;
using k8s;
using Orleans.Hosting;
using Orleans.Hosting.Kubernetes;

namespace RestateCloud.Grains.Cluster.Hosting;

/// <summary>The Kubernetes pod that a silo is.</summary>
internal static class Pod
{
    /// <summary>Its address, where the downward API tells it.</summary>
    /// <exception cref="ClusterSettingsException">What it tells is no address.</exception>
    public static IPAddress? Address => Environment.GetEnvironmentVariable(KubernetesHostingOptions.PodIPEnvironmentVariable) switch
    {
        null or "" => null,
        var text when IPAddress.TryParse(text, out var address) => address,
        var text => throw new ClusterSettingsException($"{KubernetesHostingOptions.PodIPEnvironmentVariable} is no IP address: {text}"),
    };

    /// <summary>
    /// Has Orleans label the pod as a silo of its cluster, call the silo by the pod's name, and watch the pods of the other silos. Outside
    /// Kubernetes, where <c>KUBECONFIG</c> names a file, the API server is the one in there.
    /// </summary>
    public static ISiloBuilder UsePod(this ISiloBuilder silo) => silo.UseKubernetesHosting(hosting => hosting.Configure(options =>
        options.GetClientConfiguration = () => Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } file
            ? KubernetesClientConfiguration.BuildConfigFromConfigFile(file)
            : KubernetesClientConfiguration.InClusterConfig()));
}
