using Orleans.Hosting;
using RestateCloud.Grains.Records;

namespace RestateCloud.Grains.Cluster;

/// <summary>Where the members of a cluster find each other, and where grains keep their state and reminders.</summary>
public interface IClusterStorage
{
    /// <summary>What grains have stored, while no member runs.</summary>
    IGrainRecords Records { get; }

    /// <summary>The namespace of the storage's own exceptions, which reach callers in other processes as they are.</summary>
    string ExceptionNamespace { get; }

    /// <summary>Makes what is missing in it. Members that start together may all do so at once.</summary>
    /// <exception cref="ClusterStorageException">It cannot be used, or is of a newer version.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Gives a silo its place in the cluster.</summary>
    void AddMembership(ISiloBuilder silo);

    /// <summary>Lets a client find the silos.</summary>
    void AddMembership(IClientBuilder client);

    /// <summary>Gives the grains of a silo their state and reminders.</summary>
    void AddGrainStorage(ISiloBuilder silo);
}
