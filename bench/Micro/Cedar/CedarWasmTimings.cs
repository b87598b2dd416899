using System.Diagnostics;
using System.Text.Json;

namespace RestateCloud.Micro.Cedar;

/// <summary>The same work by cedar-wasm in node, with policies parsed before: nanoseconds a decision.</summary>
internal sealed record CedarWasmTimings(string[] Decisions, double[] Scenarios, double[] Corpus)
{
    // It needs some 0.2 ms a decision, so every tenth test of the corpus gives the picture in seconds.
    private const int CorpusStep = 10;

    public static async Task<CedarWasmTimings> MeasureAsync(string folder, IEnumerable<Scenario> scenarios, IEnumerable<CorpusRequests> corpus)
    {
        var work = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(work, JsonSerializer.Serialize(new
            {
                scenarios = scenarios.Select(scenario => new { policies = scenario.PolicyText, entities = scenario.EntitiesJson, requests = new[] { scenario.RequestJson } }),
                corpus = corpus.Where((_, i) => i % CorpusStep == 0).Select(test => new { policies = test.PolicyText, entities = test.EntitiesJson, requests = test.RequestJson }),
            }));
            using var script = new StreamReader(typeof(CedarWasmTimings).Assembly.GetManifestResourceStream("cedar-wasm.js")!);
            using var node = Process.Start(new ProcessStartInfo("node")
            {
                ArgumentList = { "-e", await script.ReadToEndAsync(), Path.Combine(Path.GetFullPath(folder), "node_modules", "@cedar-policy", "cedar-wasm", "nodejs"), work },
                RedirectStandardOutput = true,
            })!;
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return JsonSerializer.Deserialize<CedarWasmTimings>(output, JsonSerializerOptions.Web)
                ?? throw new InvalidOperationException("node gave no timings");
        }
        finally
        {
            File.Delete(work);
        }
    }
}
