using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// A write was based on a version of the record that is no longer the stored one. When it leaves a request, the activation whose write
/// failed is deactivated, so that the next call reads the record again.
/// </summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>Without details.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>With a message.</summary>
    public InconsistentStateException(string message) : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
    {
    }

    /// <summary>With both versions and a cause.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>With both versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>The stored version; null when there is no record.</summary>
    public string? StoredEtag { get; }

    /// <summary>The version that the write was based on.</summary>
    public string? CurrentEtag { get; }

    // The exception may pass through several grains; only the first deactivates.
    internal bool IsSourceActivation { get; set; } = true;
}
