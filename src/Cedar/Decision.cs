namespace RestateCloud.Cedar;

/// <summary>The answer to a request.</summary>
public enum Decision
{
    /// <summary>No permit was satisfied, or a forbid was.</summary>
    Deny,

    /// <summary>A permit was satisfied and no forbid.</summary>
    Allow,
}
