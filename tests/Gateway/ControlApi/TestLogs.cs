using System.Runtime.CompilerServices;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Gateway.Tests.ControlApi;

/// <summary>Every environment has logged these lines.</summary>
internal sealed class TestLogs : IEnvironmentLogs
{
    public LogLine[] Lines { get; set; } = [];

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string environmentId, long start, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var line in Lines.Where(line => line.UnixNanos >= start && line.UnixNanos < end)) yield return line;
    }
}
