namespace Orleans;

/// <summary>The kind of reason for which an activation ends. The embedded host uses those that can happen in one process.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>The process stops.</summary>
    ShuttingDown,

    /// <summary>The grain could not be activated.</summary>
    ActivationFailed,

    /// <summary>Not used in one process.</summary>
    DirectoryFailure,

    /// <summary>No request came for the idle timeout.</summary>
    ActivationIdle,

    /// <summary>Not used in one process.</summary>
    ActivationUnresponsive,

    /// <summary>Not used in one process.</summary>
    DuplicateActivation,

    /// <summary>Not used in one process.</summary>
    IncompatibleRequest,

    /// <summary>A request failed in a way that leaves the activation unusable, such as a stale ETag.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>Not used in one process.</summary>
    Migrating,

    /// <summary>Not used in one process.</summary>
    RuntimeRequested,

    /// <summary>Not used in one process.</summary>
    HighMemoryPressure,
}
