using System.Runtime.CompilerServices;
using System.Text.Json;
using RestateCloud.Grains.Records;

namespace RestateCloud.Silo.Moving;

/// <summary>The content of an export: a line of JSON that says what it is, and one for each record. The file around it is encrypted.</summary>
internal static class ExportFile
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <returns>How many states and reminders there were.</returns>
    public static async Task<int> WriteAsync(
        Stream file, ExportHeader header, IAsyncEnumerable<GrainRecord> records, CancellationToken cancellationToken)
    {
        await WriteLineAsync(file, header, cancellationToken);
        var count = 0;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            await WriteLineAsync(file, record, cancellationToken);
            count++;
        }

        return count;
    }

    /// <exception cref="StartupException">It is something else, or of a newer version.</exception>
    public static async Task<ExportHeader> ReadHeaderAsync(StreamReader file, CancellationToken cancellationToken)
    {
        var header = Parse<ExportHeader>(await file.ReadLineAsync(cancellationToken) ?? "");
        if (header.Format != ExportHeader.FormatName) throw new StartupException("This file is not an export of a cloud.");
        if (header.Version > ExportHeader.PresentVersion)
        {
            throw new StartupException(
                $"This export was written by a newer version of this program (format {header.Version}, this one knows {ExportHeader.PresentVersion}).");
        }

        return header;
    }

    /// <summary>The records, after the header was read.</summary>
    public static async IAsyncEnumerable<GrainRecord> ReadRecordsAsync(StreamReader file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await file.ReadLineAsync(cancellationToken) is { } line) yield return Parse<GrainRecord>(line);
    }

    private static async Task WriteLineAsync<T>(Stream file, T line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(file, line, JsonSerializerOptions.Web, cancellationToken);
        await file.WriteAsync(NewLine, cancellationToken);
    }

    private static T Parse<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new StartupException($"This export holds something that this version of the program does not know: {exception.Message}", exception);
        }
    }
}
