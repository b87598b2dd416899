namespace RestateCloud.Cedar.Tests.Oracle;

/// <summary>Makes a failing program small: leaves out choices and lowers them for as long as the program still fails.</summary>
internal static class Shrinking
{
    private const int MostAttempts = 2_000;

    public static async Task<IReadOnlyList<int>> ShrinkAsync(IReadOnlyList<int> choices, Func<IReadOnlyList<int>, Task<bool>> fails)
    {
        var (best, attempts, progress) = (choices, 0, true);
        while (progress && attempts < MostAttempts)
        {
            progress = false;
            foreach (var candidate in Simpler(best))
            {
                if (++attempts > MostAttempts) break;
                if (!await fails(candidate)) continue;
                best = candidate;
                progress = true;
                break;
            }
        }

        return best;
    }

    private static IEnumerable<IReadOnlyList<int>> Simpler(IReadOnlyList<int> choices)
    {
        for (var length = Math.Min(64, choices.Count); length > 0; length /= 2)
            for (var at = 0; at + length <= choices.Count; at += length)
                yield return [.. choices.Take(at), .. choices.Skip(at + length)];
        for (var at = 0; at < choices.Count; at++)
            for (var lower = 0; lower < choices[at]; lower = lower == 0 ? (choices[at] / 2) + 1 : choices[at])
                yield return [.. choices.Take(at), lower, .. choices.Skip(at + 1)];
    }
}
