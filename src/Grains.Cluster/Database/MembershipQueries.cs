namespace RestateCloud.Grains.Cluster.Database;

/// <summary>
/// What Microsoft.Orleans.Clustering.AdoNet asks for. A change of a silo's row is made together with the next version of the cluster, or not
/// at all: each is one statement, and of two that saw the same version the second finds another one.
/// </summary>
internal static class MembershipQueries
{
    private const string ThisSilo = "cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string Members = """
        SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host_name AS HostName,
            s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
            s.alive_at AS IAmAliveTime, c.version AS Version
        FROM cluster c LEFT JOIN silo s ON s.cluster_id = c.id
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["InsertMembershipVersionKey"] = """
            WITH added AS (
                INSERT INTO cluster (id, version, changed_at) VALUES (@DeploymentId, 0, now()) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) > 0 FROM added
            """,
        ["InsertMembershipKey"] = """
            WITH next AS (
                UPDATE cluster SET version = version + 1, changed_at = now() WHERE id = @DeploymentId AND version = @Version RETURNING id),
            added AS (
                INSERT INTO silo (cluster_id, address, port, generation, name, host_name, status, gateway_port, started_at, alive_at)
                SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM next
                RETURNING 1)
            SELECT count(*) > 0 FROM added
            """,
        ["UpdateMembershipKey"] = $"""
            WITH next AS (
                UPDATE cluster SET version = version + 1, changed_at = now()
                WHERE id = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM silo WHERE {ThisSilo}) RETURNING id),
            changed AS (
                UPDATE silo SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime FROM next
                WHERE {ThisSilo} RETURNING 1)
            SELECT count(*) > 0 FROM changed
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE silo SET alive_at = @IAmAliveTime WHERE {ThisSilo}",
        ["MembershipReadAllKey"] = $"{Members} WHERE c.id = @DeploymentId",
        ["MembershipReadRowKey"] = $"{Members} AND s.address = @Address AND s.port = @Port AND s.generation = @Generation WHERE c.id = @DeploymentId",
        ["GatewaysQueryKey"] = """
            SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation FROM silo
            WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0
            """,
        // 3 is SiloStatus.Active: a member that is only late with saying so is kept.
        ["CleanupDefunctSiloEntriesKey"] = "DELETE FROM silo WHERE cluster_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3",
        ["DeleteMembershipTableEntriesKey"] = """
            DELETE FROM silo WHERE cluster_id = @DeploymentId;
            DELETE FROM cluster WHERE id = @DeploymentId
            """,
    };
}
