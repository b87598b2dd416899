namespace RestateCloud.Grains.Cluster.Database;

/// <summary>
/// What Microsoft.Orleans.Persistence.AdoNet asks for. A write names the version it is based on, or none for a state that was not there; it
/// answers the new version, or nothing when the stored one is another. The key is the text part alone: see
/// <see cref="Storage.ExactKeyStorage"/>.
/// </summary>
internal static class StateQueries
{
    private const string ThisState = "service_id = @ServiceId AND state_name = @GrainTypeString AND grain_key = @GrainIdExtensionString";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["ReadFromStorageKey"] =
            $"SELECT convert_to(state::text, 'UTF8') AS PayloadBinary, version AS Version FROM grain_state WHERE {ThisState}",
        ["WriteToStorageKey"] = $"""
            WITH added AS (
                INSERT INTO grain_state (service_id, state_name, grain_key, version, state, written_at)
                SELECT @ServiceId, @GrainTypeString, @GrainIdExtensionString, 1, convert_from(@PayloadBinary, 'UTF8')::json, now()
                WHERE CAST(@GrainStateVersion AS integer) IS NULL
                ON CONFLICT DO NOTHING RETURNING version),
            changed AS (
                UPDATE grain_state SET version = version + 1, state = convert_from(@PayloadBinary, 'UTF8')::json, written_at = now()
                WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer) RETURNING version)
            SELECT version AS NewGrainStateVersion FROM added UNION ALL SELECT version FROM changed
            """,
        ["DeleteStorageKey"] = $"""
            DELETE FROM grain_state WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer)
            RETURNING version + 1 AS NewGrainStateVersion
            """,
        // Asked for at start and not used: cleared state leaves no row.
        ["ClearStorageKey"] = $"""
            UPDATE grain_state SET version = version + 1, state = 'null', written_at = now()
            WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer)
            RETURNING version AS NewGrainStateVersion
            """,
    };
}
