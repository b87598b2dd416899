using Microsoft.Extensions.Hosting;
using RestateCloud.Grains.Cluster.Database;

namespace RestateCloud.Grains.Cluster.Hosting;

/// <summary>Sees to the tables before Orleans, which is a hosted service too, reads them.</summary>
internal sealed class DatabasePreparation(ClusterGrainsOptions options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ClusterDatabase.PrepareAsync(options.ConnectionString, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
