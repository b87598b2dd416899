using System.Globalization;
using System.Text.Json.Serialization;
using RestateCloud.Gateway.ControlApi.Operations;
using RestateCloud.Grains.Environments;
using RestateCloud.Grains.Errors;

namespace RestateCloud.Gateway.ControlApi.Environments;

internal sealed class GetEnvironmentLogs : AccountOperation<GetEnvironmentLogsRequest, GetEnvironmentLogsResponse>
{
    public override string Summary => "Reads what an environment's servers have logged in a range of time.";

    public override string Description =>
        "At most 10,000 lines or 4 MiB, oldest first: to read on, ask again from the last line's time plus one nanosecond.";

    protected override async Task<GetEnvironmentLogsResponse> InvokeAsync(
        AccountCall call, GetEnvironmentLogsRequest request, CancellationToken cancellationToken)
    {
        var environment = await call.EnterEnvironmentAsync(request.EnvironmentId, cancellationToken);
        if (request.Start < 0) throw new CloudException(CloudError.Invalid, "The field 'start' must not be negative: it is in nanoseconds since 1970.");
        if (request.End < request.Start) throw new CloudException(CloudError.Invalid, "The field 'end' must not be before 'start'.");
        var lines = await environment.ReadLogsAsync(request.Start, request.End, cancellationToken);
        return new GetEnvironmentLogsResponse([.. lines.Select(LogItem.Of)]);
    }
}

/// <param name="EnvironmentId"><c>env_…</c></param>
/// <param name="Start">First instant, in nanoseconds since 1970; a number or a string.</param>
/// <param name="End">Last instant, exclusive, in nanoseconds since 1970; a number or a string.</param>
internal sealed record GetEnvironmentLogsRequest(
    string EnvironmentId,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long Start,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long End);

/// <param name="Lines">The lines, oldest first.</param>
internal sealed record GetEnvironmentLogsResponse(IReadOnlyList<LogItem> Lines);

/// <summary>A line of a log.</summary>
/// <param name="UnixNanos">When, in nanoseconds since 1970; a string, because a double cannot hold it.</param>
/// <param name="Line">As the server wrote it.</param>
internal sealed record LogItem(string UnixNanos, string Line)
{
    /// <summary>The line as the wire shows it.</summary>
    public static LogItem Of(LogLine line) => new(line.UnixNanos.ToString(CultureInfo.InvariantCulture), line.Line);
}
