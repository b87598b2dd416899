using RestateCloud.Silo.Moving.Age;

namespace RestateCloud.Silo.Moving;

/// <summary>Writes all that a cloud has stored into one file.</summary>
internal static class Export
{
    /// <param name="cloud">What it has stored.</param>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="passphrase">What opens it.</param>
    /// <param name="workFactor">See <see cref="AgeFile.WorkFactor"/>.</param>
    /// <param name="cancellationToken">Writes nothing.</param>
    /// <returns>How many states and reminders it holds.</returns>
    /// <exception cref="StartupException">It cannot be done; the file is as it was.</exception>
    public static async Task<int> RunAsync(
        StoppedCloud cloud, string path, byte[] passphrase, int workFactor, CancellationToken cancellationToken)
    {
        var partial = path + ".partial";
        try
        {
            File.Delete(partial);
            int count;
            await using (var file = new FileStream(partial, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                count = await WriteAsync(file, cloud, passphrase, workFactor, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: false);
            return count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The export cannot be written: {exception.Message}", exception);
        }
        finally
        {
            if (File.Exists(partial)) File.Delete(partial);
        }
    }

    private static async Task<int> WriteAsync(
        FileStream file, StoppedCloud cloud, byte[] passphrase, int workFactor, CancellationToken cancellationToken)
    {
        await using var encrypted = await AgeFile.EncryptAsync(file, passphrase, workFactor, cancellationToken);
        var header = new ExportHeader(
            ExportHeader.FormatName, ExportHeader.PresentVersion, TimeProvider.System.GetUtcNow(), cloud.Region, Environment.MachineName, cloud.EnvironmentsFolder);
        var count = await ExportFile.WriteAsync(
            encrypted, header, cloud.Records.ReadAsync(cancellationToken).Select(cloud.WithOpenSecrets), cancellationToken);
        await encrypted.CompleteAsync(cancellationToken);
        return count;
    }
}
