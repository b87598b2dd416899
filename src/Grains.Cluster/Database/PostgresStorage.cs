using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using RestateCloud.Grains.Cluster.Database;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster;

/// <summary>A cluster over PostgreSQL.</summary>
/// <param name="connectionString">The database, as Npgsql takes it. It may be empty: its tables are made.</param>
/// <param name="serviceId">Whose state and reminders <see cref="Records"/> are.</param>
public sealed class PostgresStorage(string connectionString, string serviceId) : IClusterStorage
{
    // How Orleans finds the ADO.NET provider.
    private const string Npgsql = "Npgsql";

    /// <inheritdoc/>
    public IGrainRecords Records => new PostgresRecords(connectionString, serviceId);

    /// <inheritdoc/>
    public string ExceptionNamespace => Npgsql;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => ClusterDatabase.PrepareAsync(connectionString, cancellationToken);

    /// <inheritdoc/>
    public void AddMembership(ISiloBuilder silo) =>
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Npgsql, connectionString));

    /// <inheritdoc/>
    public void AddMembership(IClientBuilder client) =>
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Npgsql, connectionString));

    /// <inheritdoc/>
    public void AddGrainStorage(ISiloBuilder silo)
    {
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (Npgsql, connectionString));
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME).Configure(storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Npgsql, connectionString);
            storage.GrainStorageSerializer = new JsonStateSerializer();
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (services, name) => new ExactKeyStorage(AdoNetGrainStorageFactory.Create(services, name)));
    }
}
