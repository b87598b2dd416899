namespace Orleans.Runtime;

/// <summary>Asks for a stored record. A grain may have several under different names.</summary>
/// <param name="stateName">The record's name; unique in the grain and stable, because the record is stored under it.</param>
/// <param name="storageName">Which storage provider; the embedded host has one and ignores it.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    /// <summary>The record's name.</summary>
    public string StateName { get; } = stateName;

    /// <summary>The storage provider's name.</summary>
    public string? StorageName { get; } = storageName;
}
