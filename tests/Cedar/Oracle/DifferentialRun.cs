using System.Globalization;

namespace RestateCloud.Cedar.Tests.Oracle;

/// <summary>
/// Runs a comparison over many seeds, and shrinks and reports the first that differs. <c>CEDAR_DIFFERENTIAL_PROGRAMS</c> sets
/// how many seeds, for a longer run on demand, and <c>CEDAR_DIFFERENTIAL_SEED</c> the first: a failure names the seed that
/// repeats it.
/// </summary>
internal static class DifferentialRun
{
    /// <param name="ordinarily">How many seeds where the environment does not say.</param>
    /// <param name="findDifference">What differs for the program of these choices, or null.</param>
    public static async Task ForEachAsync(int ordinarily, Func<Choices, CancellationToken, Task<string?>> findDifference)
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var seed in Enumerable.Range(Setting("CEDAR_DIFFERENTIAL_SEED", 1), Setting("CEDAR_DIFFERENTIAL_PROGRAMS", ordinarily)))
        {
            var choices = new Choices(seed);
            if (await findDifference(choices, cancellation) is null) continue;
            var smallest = await Shrinking.ShrinkAsync(choices.Made, async made => await findDifference(new Choices(made), cancellation) is not null);
            Assert.Fail($"seed {seed}: {await findDifference(new Choices(smallest), cancellation)}");
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
