using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using RestateCloud.Cedar;

namespace RestateCloud.Micro.Cedar;

/// <summary>One test of the conformance corpus, read; and its texts for the reference.</summary>
internal sealed record CorpusRequests(string PolicyText, string EntitiesJson, IReadOnlyList<string> RequestJson)
{
    public PolicySet Policies { get; } = PolicySet.Parse(PolicyText);

    public Entities Entities { get; } = Entities.Parse(EntitiesJson);

    public IReadOnlyList<Request> Requests { get; } = [.. RequestJson.Select(json => Request.Parse(json))];

    /// <summary>All tests; none where the archive is not beside the repository.</summary>
    public static IReadOnlyList<CorpusRequests> Load()
    {
        var path = Path.Combine(Environment.CurrentDirectory, "..", "shared", "cedar-corpus", "corpus-tests.tar.gz");
        if (!File.Exists(path)) return [];
        var files = new Dictionary<string, string>();
        using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
            if (entry.DataStream is { } data) files[entry.Name.TrimStart('.', '/')] = new StreamReader(data).ReadToEnd();

        return [.. files
            .Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal) && !file.Key.EndsWith(".entities.json", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => Read(JsonDocument.Parse(file.Value).RootElement, files))];
    }

    private static CorpusRequests Read(JsonElement test, Dictionary<string, string> files) => new(
        files[test.GetProperty("policies").GetString()!],
        files[test.GetProperty("entities").GetString()!],
        [.. test.GetProperty("requests").EnumerateArray().Select(request => request.GetRawText())]);
}
