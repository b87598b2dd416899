using Orleans.Storage;

namespace Orleans.Core;

/// <summary>One stored record of a grain. Operations on one record run in the order they were asked for.</summary>
public interface IStorage
{
    /// <summary>The version that was last read or written; null when there is no record.</summary>
    string? Etag { get; }

    /// <summary>Whether the record was there when last read or written.</summary>
    bool RecordExists { get; }

    /// <summary>Deletes the record and starts from an empty state.</summary>
    /// <exception cref="InconsistentStateException">Someone else changed the record since it was read.</exception>
    Task ClearStateAsync();

    /// <summary>Writes the state. When the task completes the state survives the death of the process and of the machine.</summary>
    /// <exception cref="InconsistentStateException">Someone else changed the record since it was read.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the state again and drops changes that were not written.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    /// <param name="cancellationToken">Stops the operation while it waits to start.</param>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    /// <param name="cancellationToken">Stops the operation while it waits to start.</param>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    /// <param name="cancellationToken">Stops the operation while it waits to start.</param>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <inheritdoc/>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; a change is stored by <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}
