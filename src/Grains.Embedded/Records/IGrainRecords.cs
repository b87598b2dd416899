using System.Text.Json;

namespace RestateCloud.Grains.Records;

/// <summary>All that the grains of a cloud have stored, for moving it to another storage. No cloud may run on either.</summary>
public interface IGrainRecords
{
    /// <summary>How states are written as JSON.</summary>
    JsonSerializerOptions StateSerialization { get; }

    /// <summary>Everything as it is at one moment.</summary>
    /// <exception cref="GrainRecordsException">A cloud runs on it.</exception>
    IAsyncEnumerable<GrainRecord> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores all of these where nothing is stored yet, or none of them.</summary>
    /// <param name="records">What to store. When they end with an exception, nothing is stored.</param>
    /// <param name="beforeCommit">Runs when all are written and may still refuse, by an exception.</param>
    /// <param name="cancellationToken">Stores nothing.</param>
    /// <exception cref="GrainRecordsException">A cloud runs on it, or something is stored already.</exception>
    Task FillAsync(IAsyncEnumerable<GrainRecord> records, Action beforeCommit, CancellationToken cancellationToken);
}
