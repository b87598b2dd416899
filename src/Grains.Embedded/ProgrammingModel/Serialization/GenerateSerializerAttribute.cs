namespace Orleans;

/// <summary>
/// Marks a type that crosses grain calls. The embedded host copies such values member by member and refuses types without it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Has meaning only in the cluster build, where Orleans' generator reads it.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
