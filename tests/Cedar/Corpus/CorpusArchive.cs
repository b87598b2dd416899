using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RestateCloud.Cedar.Tests.Corpus;

/// <summary>
/// The official integration tests, read from the archive beside the repository: data that is not part of the project. Tests
/// that need it are skipped where it is absent.
/// </summary>
internal static class CorpusArchive
{
    private const string RelativePath = "shared/cedar-corpus/corpus-tests.tar.gz";

    private static readonly Lazy<IReadOnlyList<CorpusCase>?> Loaded = new(Load);

    /// <summary>All cases; skips the calling test where the archive is absent.</summary>
    public static IReadOnlyList<CorpusCase> Cases
    {
        get
        {
            if (Loaded.Value is null) Assert.Skip($"the Cedar conformance data is absent: no ../{RelativePath} beside the repository");
            return Loaded.Value;
        }
    }

    private static List<CorpusCase>? Load()
    {
        if (FindArchive() is not { } path) return null;
        var files = new Dictionary<string, string>();
        using var file = File.OpenRead(path);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            using var reader = new StreamReader(entry.DataStream, Encoding.UTF8);
            files[entry.Name.TrimStart('.', '/')] = reader.ReadToEnd();
        }

        return [.. files
            .Where(entry => entry.Key.EndsWith(".json", StringComparison.Ordinal) && !entry.Key.EndsWith(".entities.json", StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => Read(entry.Key, entry.Value, files))];
    }

    private static CorpusCase Read(string name, string json, Dictionary<string, string> files)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CorpusCase(
            name,
            File("policies"),
            File("schema"),
            File("entities"),
            root.GetProperty("shouldValidate").GetBoolean(),
            [.. root.GetProperty("requests").EnumerateArray().Select(request => new CorpusRequest(
                request.GetRawText(),
                request.GetProperty("decision").GetString() == "allow" ? Decision.Allow : Decision.Deny,
                Ids(request.GetProperty("reason")),
                Ids(request.GetProperty("errors"))))]);

        string File(string property) => files[root.GetProperty(property).GetString()!];

        static IReadOnlySet<string> Ids(JsonElement ids) => ids.EnumerateArray().Select(id => id.GetString()!).ToHashSet();
    }

    private static string? FindArchive()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) continue;
            var path = Path.Combine(folder.FullName, "..", RelativePath);
            return System.IO.File.Exists(path) ? path : null;
        }

        return null;
    }
}

/// <summary>One test of the corpus: files in full, and requests with what the reference answers.</summary>
internal sealed record CorpusCase(
    string Name, string Policies, string Schema, string Entities, bool ShouldValidate, IReadOnlyList<CorpusRequest> Requests);

/// <summary>A request as JSON, and its answer.</summary>
internal sealed record CorpusRequest(string Json, Decision Decision, IReadOnlySet<string> Reasons, IReadOnlySet<string> Errors);
