using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Diagnostics;

/// <summary>The meter "RestateCloud.Grains.Embedded". Durations are in seconds, as OpenTelemetry asks.</summary>
internal static class GrainMetrics
{
    private static readonly Meter Meter = new("RestateCloud.Grains.Embedded");

    public static readonly Counter<long> Activations =
        Meter.CreateCounter<long>("grains.activations", "{activation}", "Grains that were activated.");

    public static readonly Counter<long> ActivationFailures =
        Meter.CreateCounter<long>("grains.activation_failures", "{activation}", "Grains that failed to activate.");

    public static readonly Counter<long> Deactivations =
        Meter.CreateCounter<long>("grains.deactivations", "{activation}", "Grains that left memory.");

    public static readonly Histogram<int> StorageBatch =
        Meter.CreateHistogram<int>("grains.storage.batch", "{operation}", "Storage operations committed together.");

    public static readonly Counter<long> ReminderTicks =
        Meter.CreateCounter<long>("grains.reminder_ticks", "{tick}", "Reminder ticks that were delivered.");

    private static readonly Histogram<double> StorageDuration =
        Meter.CreateHistogram<double>("grains.storage.duration", "s", "From asking for a storage operation to its durable end.");

    private static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("grains.call.duration", "s", "From a call to its answer, with the time it waited for its turn.");

    public static KeyValuePair<string, object?> TypeTag(GrainId grainId) => new("grain.type", grainId.TypeText);

    /// <summary>The start of a measured time; 0 when nobody listens.</summary>
    public static long Timestamp() => CallDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public static void RecordCall(string method, string outcome, long started)
    {
        if (started != 0)
            CallDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("grain.method", method), new("outcome", outcome));
    }

    public static void RecordStorage(bool write, long started) => StorageDuration.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("operation", write ? "write" : "read"));
}
