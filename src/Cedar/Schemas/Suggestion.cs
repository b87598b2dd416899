namespace RestateCloud.Cedar.Schemas;

/// <summary>Finds what an author may have meant by a name that is not there.</summary>
internal static class Suggestion
{
    private const int LongestName = 100;
    private const int MostCandidates = 10_000;
    private const int ShortestBeginning = 4;

    /// <summary>The end of a message: <c>; did you mean `x`?</c>, or nothing where no candidate is near.</summary>
    public static string For(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is { } nearest ? $"; did you mean `{nearest}`?" : "";

    /// <summary>The candidate with the fewest edits, if those are few for the name's length, or one that goes on after it.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestName) return null;
        string? nearest = null;
        var fewest = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates.Take(MostCandidates))
        {
            if (candidate.Length > LongestName) continue;
            var edits = GoesOn(name, candidate) ? 1 : Math.Abs(candidate.Length - name.Length) < fewest ? Edits(name, candidate) : int.MaxValue;
            if (edits >= fewest || edits >= Math.Max(name.Length, candidate.Length)) continue;
            fewest = edits;
            nearest = candidate;
        }

        return nearest;
    }

    private static bool GoesOn(string name, string candidate) =>
        name.Length >= ShortestBeginning && candidate.Length > name.Length && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The Levenshtein distance, with letters that differ in case only counted as equal.</summary>
    private static int Edits(string a, string b)
    {
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(previous[j - 1] + change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            current.CopyTo(previous);
        }

        return previous[b.Length];
    }
}
