namespace Orleans.Runtime;

/// <summary>A handle to a stored reminder, as of when it was read or registered.</summary>
public interface IGrainReminder
{
    /// <summary>Unique in the grain.</summary>
    string ReminderName { get; }
}
