namespace Orleans.Concurrency;

/// <summary>A request that only reads: it runs beside other read-only requests of the same grain, never beside one that writes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
