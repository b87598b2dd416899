namespace RestateCloud.Cedar;

/// <summary>What a policy does when it is satisfied.</summary>
public enum Effect
{
    /// <summary>It allows the request, unless another policy forbids it.</summary>
    Permit,

    /// <summary>It forbids the request, whatever others permit.</summary>
    Forbid,
}
