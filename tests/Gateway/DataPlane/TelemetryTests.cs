using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RestateCloud.Gateway.Tests.Hosting;
using RestateCloud.TestSupport;

namespace RestateCloud.Gateway.Tests.DataPlane;

public sealed class TelemetryTests(SharedCloud shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_bytes_and_refusals_are_counted()
    {
        var seen = new ConcurrentDictionary<string, long>();
        var environment = await shared.CreateEnvironmentAsync();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "RestateCloud.Gateway") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var labels = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
            if (labels.GetValueOrDefault("environment_id") == environment.Id) seen.AddOrUpdate($"{instrument.Name} {labels.GetValueOrDefault("status")}", value, (_, sum) => sum + value);
            if (labels.GetValueOrDefault("reason") is { } reason) seen.AddOrUpdate($"{instrument.Name} {reason}", value, (_, sum) => sum + value);
        });
        listener.Start();
        using var client = environment.Client(await environment.KeyAsync());
        using var stranger = environment.Client(null);

        await client.PostAsync("/Greeter/length", new ByteArrayContent(new byte[1234]), Cancellation);
        await stranger.GetAsync("/Greeter/greet", Cancellation);

        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.requests 200") == 1, "the request is counted");
        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.request.bytes ") == 1234, "its body is counted");
        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.response.bytes ") == "1234".Length, "the answer is counted");
        await Eventually.HoldsAsync(() => seen.GetValueOrDefault("restate_cloud.gateway.refusals credential") >= 1, "the refusal is counted");
    }

    [Fact]
    public async Task With_a_listener_the_gateways_span_lies_between_the_clients_and_the_environments()
    {
        const string trace = "0af7651916cd43dd8448eb211c803199";
        var spans = new ConcurrentQueue<Activity>();
        await using var upstream = await TestUpstream.StartAsync(new EchoUpstream().HandleAsync);
        await using var cloud = await TestCloud.StartAsync(upstream.Address);
        var environment = await (await cloud.CreateTenantAsync()).CreateEnvironmentAsync();
        using var client = environment.Client(await environment.KeyAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Greeter/greet");
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "RestateCloud.Gateway",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId.ToString() == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var echo = await Echo.ReadAsync(await client.SendAsync(request, Cancellation));

        await Eventually.HoldsAsync(() => spans.Any(span => span.TraceId.ToString() == trace), "the span is complete");
        var span = spans.Single(span => span.TraceId.ToString() == trace);
        Assert.Equal(environment.Id, span.GetTagItem("restate_cloud.environment.id"));
        Assert.Equal($"00-{trace}-{span.SpanId}-01", echo.Headers["traceparent"]);
    }
}
