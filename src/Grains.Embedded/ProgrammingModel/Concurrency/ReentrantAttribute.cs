namespace Orleans.Concurrency;

/// <summary>All requests of this grain interleave: any may run between the awaits of another, never in parallel.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
