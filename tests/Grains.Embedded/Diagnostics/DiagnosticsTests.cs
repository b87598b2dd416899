using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RestateCloud.Grains.Embedded.Tests.Hosts;
using RestateCloud.TestSupport;

namespace RestateCloud.Grains.Embedded.Tests.Diagnostics;

public sealed class DiagnosticsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calls_activations_and_storage_are_measured()
    {
        var measured = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "RestateCloud.Grains.Embedded") listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();

        await using (var host = await EmbeddedHost.StartAsync(_folder.File("grains.db")))
        {
            var grain = host.Grains.GetGrain<IMeasuredGrain>("a");
            await grain.Save();
            await Assert.ThrowsAsync<InvalidOperationException>(grain.Fail);
        }

        Assert.Contains("grains.activations grain.type=measured", measured);
        Assert.Contains("grains.deactivations grain.type=measured reason=ShuttingDown", measured);
        Assert.Contains("grains.call.duration grain.method=IMeasuredGrain.Save outcome=ok", measured);
        Assert.Contains("grains.call.duration grain.method=IMeasuredGrain.Fail outcome=error", measured);
        Assert.Contains("grains.storage.duration operation=write", measured);
        Assert.Contains("grains.storage.batch", measured);

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = instrument.Name;
            foreach (var (key, value) in tags) text += $" {key}={value}";
            measured.Add(text);
        }
    }

    [Fact]
    public async Task A_call_is_a_span_of_its_callers_trace()
    {
        using var callers = new ActivitySource("The caller");
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "RestateCloud.Grains.Embedded" || source == callers,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await EmbeddedHost.StartAsync(_folder.File("grains.db"));

        using (var caller = callers.StartActivity("caller")!)
        {
            await host.Grains.GetGrain<IMeasuredGrain>("a").Save();

            var span = Assert.Single(spans, span => span.TraceId == caller.TraceId);
            Assert.Equal("IMeasuredGrain.Save", span.OperationName);
            Assert.Equal(caller.SpanId, span.ParentSpanId);
            Assert.Equal("measured/a", span.GetTagItem("grain.id"));
        }
    }
}
