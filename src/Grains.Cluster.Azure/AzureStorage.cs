using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using RestateCloud.Grains.Cluster.Azure.Accounts;
using RestateCloud.Grains.Cluster.Azure.Generations;
using RestateCloud.Grains.Cluster.Azure.Records;
using RestateCloud.Grains.Cluster.Azure.Reminders;
using RestateCloud.Grains.Cluster.Azure.State;
using RestateCloud.Grains.Cluster.Storage;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster.Azure;

/// <summary>A cluster over Azure Storage: membership and reminders in tables, each state in a blob.</summary>
/// <remarks>Blobs, because a state may outgrow the 1 MiB of a table's entity.</remarks>
public sealed class AzureStorage : IClusterStorage
{
    private readonly StorageAccount _account;
    private readonly AccountNames _names;
    private readonly BlobContainerClient _container;
    private readonly ReminderTables _reminders;

    private AzureStorage(StorageAccount account, AccountNames names, ClusterGrainsOptions options)
    {
        (_account, _names) = (account, names);
        _container = account.Blobs.GetBlobContainerClient(names.Container);
        _reminders = new ReminderTables(account.Tables, names.Reminders, options.ServiceId, options.ClusterId);
    }

    /// <inheritdoc/>
    public IGrainRecords Records => new AzureRecords(this, _container, _account.Tables.GetTableClient(_names.Silos), _reminders);

    /// <inheritdoc/>
    public string ExceptionNamespace => "Azure";

    /// <summary>Asks nothing of the account yet.</summary>
    /// <exception cref="ClusterSettingsException">A setting is missing or cannot be used.</exception>
    public static AzureStorage Open(AzureStorageOptions account, ClusterGrainsOptions options) =>
        new(StorageAccount.Open(account), AccountNames.Of(options), options);

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => AccountRequest.RunAsync(async () =>
    {
        await StorageVersion.PrepareAsync(_container, cancellationToken);
        await _account.Tables.CreateTableIfNotExistsAsync(_names.Silos, cancellationToken);
        await _account.Tables.CreateTableIfNotExistsAsync(_names.Reminders, cancellationToken);
    });

    /// <inheritdoc/>
    public void AddMembership(ISiloBuilder silo) =>
        silo.UseAzureStorageClustering(clustering => (clustering.TableServiceClient, clustering.TableName) = (_account.Tables, _names.Silos));

    /// <inheritdoc/>
    public void AddMembership(IClientBuilder client) =>
        client.UseAzureStorageClustering(clustering => (clustering.TableServiceClient, clustering.TableName) = (_account.Tables, _names.Silos));

    /// <inheritdoc/>
    public void AddGrainStorage(ISiloBuilder silo)
    {
        var generation = new SiloGeneration(new GenerationBlob(_container));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(generation);
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable>(services =>
            new GenerationReminderTable(generation, id => _reminders.Open(id, services.GetRequiredService<ILoggerFactory>())));
        silo.Services.AddOptions<AzureBlobStorageOptions>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME).Configure(storage =>
        {
            (storage.BlobServiceClient, storage.ContainerName) = (_account.Blobs, _names.Container);
            storage.GrainStorageSerializer = new JsonStateSerializer();
        });
        silo.Services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (services, name) => new BlobStateStorage(AzureBlobGrainStorageFactory.Create(services, name), generation));
    }
}
