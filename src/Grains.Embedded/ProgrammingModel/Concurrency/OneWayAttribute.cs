namespace Orleans.Concurrency;

/// <summary>The caller does not wait: the returned task is complete at once and an exception is only logged.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
