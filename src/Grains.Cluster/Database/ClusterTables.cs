namespace RestateCloud.Grains.Cluster.Database;

/// <summary>
/// The tables. Orleans asks for one by name, OrleansQuery, and finds there how to ask for everything else: it knows only the names of the
/// parameters and of the columns of each answer.
/// </summary>
internal static class ClusterTables
{
    public const string Sql = """
        CREATE TABLE OrleansQuery
        (
            QueryKey text PRIMARY KEY,
            QueryText text NOT NULL
        );

        CREATE TABLE cluster
        (
            id text PRIMARY KEY,
            version integer NOT NULL,
            changed_at timestamptz NOT NULL
        );

        CREATE TABLE silo
        (
            cluster_id text NOT NULL REFERENCES cluster (id),
            address text NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            name text NOT NULL,
            host_name text NOT NULL,
            status integer NOT NULL,
            gateway_port integer NOT NULL,
            suspicions text,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            PRIMARY KEY (cluster_id, address, port, generation)
        );

        CREATE TABLE grain_state
        (
            service_id text NOT NULL,
            state_name text NOT NULL,
            grain_key text NOT NULL,
            version integer NOT NULL,
            state json NOT NULL,
            written_at timestamptz NOT NULL,
            PRIMARY KEY (service_id, state_name, grain_key)
        );

        CREATE TABLE reminder
        (
            service_id text NOT NULL,
            grain_id text NOT NULL,
            name text NOT NULL,
            grain_hash integer NOT NULL,
            start_at timestamptz NOT NULL,
            period_ms bigint NOT NULL,
            version integer NOT NULL,
            PRIMARY KEY (service_id, grain_id, name)
        );

        CREATE INDEX reminder_of_hash ON reminder (service_id, grain_hash);
        """;
}
