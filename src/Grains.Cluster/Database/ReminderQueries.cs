namespace RestateCloud.Grains.Cluster.Database;

/// <summary>What Microsoft.Orleans.Reminders.AdoNet asks for. Each silo reads the reminders of its range of the ring of grain hashes.</summary>
internal static class ReminderQueries
{
    private const string Reminders = """
        SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
        FROM reminder WHERE service_id = @ServiceId
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["ReadReminderRowsKey"] = $"{Reminders} AND grain_id = @GrainId",
        ["ReadReminderRowKey"] = $"{Reminders} AND grain_id = @GrainId AND name = @ReminderName",
        ["ReadRangeRows1Key"] = $"{Reminders} AND grain_hash > @BeginHash AND grain_hash <= @EndHash",
        // The range that goes over the end of the ring.
        ["ReadRangeRows2Key"] = $"{Reminders} AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)",
        ["UpsertReminderRowKey"] = """
            INSERT INTO reminder (service_id, grain_id, name, grain_hash, start_at, period_ms, version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
            ON CONFLICT (service_id, grain_id, name) DO UPDATE
            SET start_at = excluded.start_at, period_ms = excluded.period_ms, version = reminder.version + 1
            RETURNING version AS Version
            """,
        ["DeleteReminderRowKey"] = """
            WITH deleted AS (
                DELETE FROM reminder
                WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version RETURNING 1)
            SELECT count(*) > 0 FROM deleted
            """,
        ["DeleteReminderRowsKey"] = "DELETE FROM reminder WHERE service_id = @ServiceId",
    };
}
