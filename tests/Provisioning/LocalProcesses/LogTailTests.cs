using RestateCloud.Provisioning.LocalProcesses.Logs;
using RestateCloud.TestSupport;

namespace RestateCloud.Provisioning.Tests.LocalProcesses;

public sealed class LogTailTests : IDisposable
{
    private const string Key = """{"timestamp":"2026-01-01T00:00:01.000000Z","level":"ERROR","fields":{"error":"no such key","message":"Restate application failed"},"target":"restate_server"}""";
    private const string Information = """{"timestamp":"2026-01-01T00:00:02.000000Z","level":"INFO","fields":{"message":"bye"},"target":"restate_server"}""";
    private const string Start = """{"timestamp":"2026-01-01T00:00:00.000000Z","level":"INFO","fields":{"message":"Starting"},"target":"restate_cloud"}""";

    private readonly TemporaryFolder _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void The_last_error_of_the_run_is_the_reason_whatever_follows_it() =>
        Assert.Equal("Restate application failed: no such key", Complaint(0, Start, Key, Information, "[rocksdb] flushed all!"));

    [Fact]
    public void Without_an_error_it_is_the_last_line_of_plain_text() =>
        Assert.Equal("unknown role", Complaint(0, Start, "reading configuration", "unknown role", "[rocksdb] flushed all!"));

    [Fact]
    public void Errors_of_an_earlier_run_and_of_long_ago_are_not_the_reason()
    {
        Assert.Null(Complaint(0, Start, Key, Start, Information));
        Assert.Null(Complaint(1767225603_000_000_000, Start, Key, Information));
    }

    [Fact]
    public void An_endless_complaint_is_cut() => Assert.Equal(301, Complaint(0, Start, new string('x', 10_000))!.Length);

    private string? Complaint(long since, params string[] lines)
    {
        File.WriteAllLines(ServerLog.Path(_logs.Path), lines);
        return LogTail.LastComplaint(_logs.Path, since);
    }
}
