using RestateCloud.Grains.Records;
using RestateCloud.Silo.Moving.Age;

namespace RestateCloud.Silo.Moving;

/// <summary>Fills a cloud that has stored nothing yet from an export.</summary>
internal static class Import
{
    /// <summary>Stores all of it or nothing. The file is read once, and what is altered or cut off anywhere undoes what came before.</summary>
    /// <param name="cloud">Where to.</param>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">What it was written with.</param>
    /// <param name="beforeCommit">Runs when all of it has been found good, and may still refuse.</param>
    /// <param name="cancellationToken">Stores nothing.</param>
    /// <exception cref="StartupException">It cannot be done.</exception>
    public static async Task<Imported> RunAsync(
        StoppedCloud cloud, string path, byte[] passphrase, Action beforeCommit, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using var decrypted = await AgeFile.DecryptAsync(file, passphrase, cancellationToken);
            using var text = new StreamReader(decrypted);
            var header = await ExportFile.ReadHeaderAsync(text, cancellationToken);
            if (header.Region != cloud.Region)
                throw new StartupException($"The export is of region '{header.Region}' and this cloud is '{cloud.Region}': set Region to '{header.Region}'.");

            var (count, environments) = (0, 0);
            await cloud.Records.FillAsync(
                ExportFile.ReadRecordsAsync(text, cancellationToken).Select(record =>
                {
                    count++;
                    if (record is StateRecord { Name: "environment" }) environments++;
                    return cloud.WithSealedSecrets(record);
                }),
                beforeCommit,
                cancellationToken);
            return new Imported(header, count, environments);
        }
        catch (AgeException exception)
        {
            throw new StartupException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The export cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>What was imported.</summary>
/// <param name="Header">Where it came from.</param>
/// <param name="Count">How many states and reminders.</param>
/// <param name="Environments">How many of the states are environments'.</param>
internal sealed record Imported(ExportHeader Header, int Count, int Environments);
