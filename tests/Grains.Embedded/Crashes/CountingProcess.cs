using RestateCloud.Grains.Embedded.Tests.Hosts;

namespace RestateCloud.Grains.Embedded.Tests.Crashes;

/// <summary>
/// The process that is killed: counts in several grains at once and prints "key value" for each count that was acknowledged.
/// </summary>
internal static class CountingProcess
{
    public const string Argument = "--count-until-killed";

    public static readonly string[] Keys = ["a", "b", "c", "d"];

    public static async Task<int> RunAsync(string database)
    {
        await using var host = await EmbeddedHost.StartAsync(database);
        await Task.WhenAll(Keys.Select(async key =>
        {
            var grain = host.Grains.GetGrain<ITallyGrain>(key);
            while (true) Console.WriteLine($"{key} {await grain.Increment()}");
        }));
        return 0;
    }
}
