using System.Diagnostics.Metrics;

namespace RestateCloud.Provisioning.LocalProcesses.Servers;

/// <summary>Numbers about local servers, meter <c>RestateCloud.Provisioning</c>.</summary>
internal static class ServerMetrics
{
    private static readonly Meter Meter = new("RestateCloud.Provisioning");

    private static readonly Histogram<double> StartDuration = Meter.CreateHistogram<double>(
        "restatecloud.server.start.duration", "s", "From the start or adoption of a restate-server to its being healthy.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "restatecloud.server.failures", "{failure}", "Servers that ended without being asked to.");

    public static void Started(string version, TimeSpan duration) =>
        StartDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("restate.version", version));

    public static void Failed() => Failures.Add(1);
}
