namespace Orleans.Concurrency;

/// <summary>
/// A request that runs between the awaits of any other request of the same grain, and lets any other run between its own.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
