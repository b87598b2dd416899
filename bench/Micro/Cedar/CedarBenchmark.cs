using System.Globalization;
using RestateCloud.Cedar;

namespace RestateCloud.Micro.Cedar;

/// <summary>Authorizations on one thread, as Markdown: over the conformance corpus, over growing sets, and as the gateway asks.</summary>
internal static class CedarBenchmark
{
    private static readonly int[] PolicyCounts = [1, 10, 100, 1_000, 10_000];
    private static readonly int[] EntityCounts = [10, 1_000];

    public static async Task RunAsync(string? wasmFolder)
    {
        var scenarios = EntityCounts.SelectMany(entities => PolicyCounts.Select(policies => Scenario.RoleBased(policies, entities))).ToList();
        var corpus = CorpusRequests.Load();
        var reference = wasmFolder is null ? null : await CedarWasmTimings.MeasureAsync(wasmFolder, scenarios, corpus);

        if (reference is not null && !reference.Decisions.SequenceEqual(scenarios.Select(scenario => scenario.Decision)))
            throw new InvalidOperationException("the reference decides otherwise, so the times mean nothing");
        if (corpus.Count > 0) WriteCorpus(corpus, reference);
        Console.WriteLine("\n| policies | entities | Authorize, ns | a second | B | IsAllowed, ns | B | cedar-wasm, ns |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var i = 0; i < scenarios.Count; i++) WriteScenario(scenarios[i], reference?.Scenarios[i]);

        var gateway = Scenario.Gateway();
        Console.WriteLine("\n| gateway's decision | ns | a second | B |\n| --- | ---: | ---: | ---: |");
        WriteGateway("Authorize", Timing.Measure(() => Authorizer.Authorize(gateway.Request, gateway.Entities, gateway.Policies)));
        WriteGateway("IsAllowed", Timing.Measure(() => Authorizer.IsAllowed(gateway.Request, gateway.Entities, gateway.Policies)));
    }

    private static void WriteCorpus(IReadOnlyList<CorpusRequests> corpus, CedarWasmTimings? reference)
    {
        var times = corpus.SelectMany(test => test.Requests.Select(request => Timing.Measure(
            () => Authorizer.Authorize(request, test.Entities, test.Policies), TimeSpan.FromMicroseconds(5)).Nanoseconds)).Order().ToArray();
        Console.WriteLine($"| corpus ({times.Length} requests) | median, ns | mean | 99% | a second |\n| --- | ---: | ---: | ---: | ---: |");
        WriteDistribution("RestateCloud.Cedar", times);
        if (reference is not null) WriteDistribution("cedar-wasm 4.10.0", reference.Corpus);
    }

    private static void WriteDistribution(string name, double[] sorted) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {sorted[sorted.Length / 2]:N0} | {sorted.Average():N0} | {sorted[sorted.Length * 99 / 100]:N0} | {1e9 / sorted.Average():N0} |"));

    private static void WriteScenario(Scenario scenario, double? reference)
    {
        var full = Timing.Measure(() => Authorizer.Authorize(scenario.Request, scenario.Entities, scenario.Policies));
        var quick = Timing.Measure(() => Authorizer.IsAllowed(scenario.Request, scenario.Entities, scenario.Policies));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {scenario.PolicyCount:N0} | {scenario.EntityCount:N0} | {full.Nanoseconds:N0} | {1e9 / full.Nanoseconds:N0} | {full.Bytes:N0} | {quick.Nanoseconds:N0} | {quick.Bytes:N0} | {reference:N0} |"));
    }

    private static void WriteGateway(string name, Timing timing) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {name} | {timing.Nanoseconds:N0} | {1e9 / timing.Nanoseconds:N0} | {timing.Bytes:N0} |"));
}
