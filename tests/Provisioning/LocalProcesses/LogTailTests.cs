using RestateCloud.Provisioning.LocalProcesses.Logs;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class LogTailTests : IDisposable
{
    private static readonly string Start = Line(0, "INFO", "\"message\":\"Starting\"", "restate_cloud");
    private static readonly string Error = Line(
        1, "ERROR", "\"error\":\"no such key\",\"message\":\"Restate application failed\"", "restate_server");
    private static readonly string Information = Line(2, "INFO", "\"message\":\"bye\"", "restate_server");

    private readonly TemporaryFolder _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void The_last_error_of_the_run_is_the_reason_whatever_follows_it() =>
        Assert.Equal("Restate application failed: no such key", Complaint(0, Start, Error, Information, "[rocksdb] flushed all!"));

    [Fact]
    public void Without_an_error_it_is_the_last_line_of_plain_text() =>
        Assert.Equal("unknown role", Complaint(0, Start, "reading configuration", "unknown role", "[rocksdb] flushed all!"));

    [Fact]
    public void Errors_of_an_earlier_run_and_of_long_ago_are_not_the_reason()
    {
        Assert.Null(Complaint(0, Start, Error, Start, Information));
        Assert.Null(Complaint(1767225603_000_000_000, Start, Error, Information));
    }

    [Fact]
    public void An_endless_complaint_is_cut() => Assert.Equal(301, Complaint(0, Start, new string('x', 10_000))!.Length);

    private static string Line(int second, string level, string fields, string target) =>
        $$"""{"timestamp":"2026-01-01T00:00:0{{second}}.000000Z","level":"{{level}}","fields":{ {{fields}} },"target":"{{target}}"}""";

    private string? Complaint(long since, params string[] lines)
    {
        File.WriteAllLines(ServerLog.Path(_logs.Path), lines);
        return LogTail.LastComplaint(_logs.Path, since);
    }
}
