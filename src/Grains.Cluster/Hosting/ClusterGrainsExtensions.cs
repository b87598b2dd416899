using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using RestateCloud.Grains.Cluster.Database;
using RestateCloud.Grains.Cluster.Hosting;
using RestateCloud.Grains.Cluster.Storage;

namespace RestateCloud.Grains.Cluster;

/// <summary>Makes an application a member of an Orleans cluster over PostgreSQL.</summary>
public static class ClusterGrainsExtensions
{
    // How Orleans finds the ADO.NET provider.
    private const string Npgsql = "Npgsql";

    /// <summary>Hosts grains: a silo of the cluster. <see cref="IGrainFactory"/> reaches the grains of every silo.</summary>
    /// <remarks>Add it before services that call grains while they start or stop.</remarks>
    public static IHostApplicationBuilder AddGrainSilo(this IHostApplicationBuilder builder, ClusterGrainsOptions options)
    {
        builder.Services.AddClusterDatabase(options);
        return builder.UseOrleans(silo =>
        {
            silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Npgsql, options.ConnectionString));
            silo.ConfigureEndpoints(options);
            silo.AddGrainStorage(options);
            silo.Services.Configure<ClusterOptions>(cluster => Identify(cluster, options));
            silo.Services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
    }

    /// <summary>Reaches the grains from outside: a client that finds the silos, spreads over them and connects again by itself.</summary>
    public static IHostApplicationBuilder AddGrainClient(this IHostApplicationBuilder builder, ClusterGrainsOptions options)
    {
        builder.Services.AddClusterDatabase(options);
        return builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Npgsql, options.ConnectionString));
            client.UseConnectionRetryFilter<PatientConnection>();
            client.Services.Configure<ClusterOptions>(cluster => Identify(cluster, options));
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        });
    }

    /// <summary>State and reminders in PostgreSQL; what <see cref="AddGrainSilo"/> adds to a silo besides its place in the cluster.</summary>
    internal static ISiloBuilder AddGrainStorage(this ISiloBuilder silo, ClusterGrainsOptions options)
    {
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (Npgsql, options.ConnectionString));
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME).Configure(storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Npgsql, options.ConnectionString);
            storage.GrainStorageSerializer = new JsonStateSerializer();
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (services, name) => new ExactKeyStorage(AdoNetGrainStorageFactory.Create(services, name)));
        silo.Services.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = options.IdleTimeout);
        return silo;
    }

    internal static IServiceCollection AddClusterDatabase(this IServiceCollection services, ClusterGrainsOptions options) =>
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<DatabasePreparation>(provider, options));

    private static void ConfigureEndpoints(this ISiloBuilder silo, ClusterGrainsOptions options)
    {
        if (options.AdvertisedAddress is { } address) silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort);
        else silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort);
    }

    private static void Identify(ClusterOptions cluster, ClusterGrainsOptions options) =>
        (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId);
}
