using System.Text.RegularExpressions;
using Orleans.Runtime;
using RestateCloud.Grains.Cluster.Azure.Generations;

namespace RestateCloud.Grains.Cluster.Azure.State;

/// <summary>
/// What the blob of a state is called: <c>generation-type/state/key.json</c>. Different keys give different names, whatever is in them, and a name
/// gives its key again: a slash would make a folder of it, <c>..</c> among folders leads out of them, and not every character may be in a name.
/// </summary>
internal static partial class BlobName
{
    private const string Extension = ".json";

    /// <summary>What the names of a generation's blobs begin with.</summary>
    public static string Prefix(string generation) => $"{generation}-";

    public static string Of(string generation, string grainType, string stateName, string grainKey) =>
        $"{Prefix(generation)}{Escape(grainType)}/{Escape(stateName)}/{Escape(grainKey)}{Extension}";

    /// <summary>What Orleans makes the same name of, when it is told that the generation is the state's name.</summary>
    public static GrainId AsGrainId(string stateName, GrainId grainId) => GrainId.Create(
        GrainType.Create(Escape(grainId.Type.ToString()!)), IdSpan.Create($"{Escape(stateName)}/{Escape(grainId.Key.ToString()!)}"));

    /// <summary>The generation that a blob belongs to, or null when it is no state.</summary>
    public static string? GenerationOf(string name) => name.Split('-', 2) is [var generation, _] && Generation.IsId(generation) ? generation : null;

    /// <summary>What a name was made of.</summary>
    public static (string GrainType, string StateName, string GrainKey) Parts(string generation, string name)
    {
        var parts = name[Prefix(generation).Length..^Extension.Length].Split('/');
        return (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), Uri.UnescapeDataString(parts[2]));
    }

    private static string Escape(string part) => Unsafe.Replace(part, match => Uri.EscapeDataString(match.Value));

    [GeneratedRegex(@"[%/\\\p{Cc}\p{Cf}\p{Cn}\p{Co}]")]
    private static partial Regex Unsafe { get; }
}
