namespace Orleans.Runtime;

/// <summary>A reminder was changed by someone else in the meantime; get it again and retry.</summary>
public sealed class ReminderException(string message) : OrleansException(message);
