namespace RestateCloud.Silo;

/// <summary>What a process of the cloud does.</summary>
internal enum CloudRole
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Hosts grains and looks after environments; nothing listens but for other members of the cluster.</summary>
    Silo,

    /// <summary>Serves tenants, and reaches the grains in silos.</summary>
    Gateway,
}
