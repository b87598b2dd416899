using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using RestateCloud.Grains.Cluster.Hosting;
using RestateCloud.Grains.Cluster.Security;
using RestateCloud.Protocols.Tls;

namespace RestateCloud.Grains.Cluster;

/// <summary>Makes an application a member of an Orleans cluster.</summary>
public static class ClusterGrainsExtensions
{
    /// <summary>Hosts grains: a silo of the cluster. <see cref="IGrainFactory"/> reaches the grains of every silo.</summary>
    /// <remarks>Add it before services that call grains while they start or stop.</remarks>
    /// <exception cref="ClusterSettingsException">TLS is not configured rightly, or not at all and the silo is to be reached from elsewhere.</exception>
    public static IHostApplicationBuilder AddGrainSilo(this IHostApplicationBuilder builder, ClusterGrainsOptions options, IClusterStorage storage)
    {
        if (options.LeaveTime < TimeSpan.Zero) throw new ClusterSettingsException($"Cluster:LeaveTime is {options.LeaveTime}: it cannot be negative.");
        var tls = MutualTls.Load(options.Tls);
        var address = AddressOf(options, tls);
        builder.Services.AddStorage(storage);
        return builder.UseOrleans(silo =>
        {
            storage.AddMembership(silo);
            if (options.Kubernetes) silo.UsePod();
            if (address is null) silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort);
            else silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort);
            if (tls is not null) silo.Services.AddSiloTls(tls);
            silo.AddGrainStorage(options, storage).StopGently(options.LeaveTime);
            silo.Services.Configure<ClusterOptions>(cluster => Identify(cluster, options));
            silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
    }

    /// <summary>Reaches the grains from outside: a client that finds the silos, spreads over them and connects again by itself.</summary>
    /// <exception cref="ClusterSettingsException">TLS is not configured rightly.</exception>
    public static IHostApplicationBuilder AddGrainClient(this IHostApplicationBuilder builder, ClusterGrainsOptions options, IClusterStorage storage)
    {
        var tls = MutualTls.Load(options.Tls);
        builder.Services.AddStorage(storage);
        return builder.UseOrleansClient(client =>
        {
            storage.AddMembership(client);
            client.UseConnectionRetryFilter<PatientConnection>().OutliveSilos();
            if (tls is not null) client.Services.AddClientTls(tls);
            client.Services.Configure<ClusterOptions>(cluster => Identify(cluster, options));
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
    }

    /// <summary>State and reminders; what <see cref="AddGrainSilo"/> adds to a silo besides its place in the cluster.</summary>
    internal static ISiloBuilder AddGrainStorage(this ISiloBuilder silo, ClusterGrainsOptions options, IClusterStorage storage)
    {
        storage.AddGrainStorage(silo);
        silo.Services.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleTimeout);
        return silo;
    }

    private static void AddStorage(this IServiceCollection services, IClusterStorage storage)
    {
        // What the storage says reaches callers in other processes as it is, not as a failure to tell them.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(storage.ExceptionNamespace));
        services.AddSingleton<IHostedService>(new StoragePreparation(storage));
    }

    // Whoever reaches a silo's ports may call any grain as anybody. A silo listens on the address that it advertises and on no other.
    private static IPAddress? AddressOf(ClusterGrainsOptions options, MemberCertificates? tls)
    {
        var advertised = options.AdvertisedAddress ?? (options.Kubernetes ? Pod.Address : null);
        if (tls is not null) return advertised;
        if (advertised is { } address && !IPAddress.IsLoopback(address))
        {
            throw new ClusterSettingsException(
                $"Without Cluster:Tls a silo listens on loopback only, not on {address}: anyone who reached it could do anything. Configure Cluster:Tls.");
        }

        return advertised ?? IPAddress.Loopback;
    }

    private static void Identify(ClusterOptions cluster, ClusterGrainsOptions options) =>
        (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId);
}
