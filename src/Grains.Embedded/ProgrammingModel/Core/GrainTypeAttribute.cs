namespace Orleans;

/// <summary>
/// The grain type under which ids, state and reminders are stored. Without it the type is the class name without "Grain", in lower case, so
/// renaming the class would lose them.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string GrainType { get; } = grainType;
}
