using RestateCloud.Grains.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// Reminders of a grain: stored, so that they tick again after a restart, and sent as calls of <see cref="IRemindable.ReceiveReminder"/>.
/// </summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder, in place of one with the same name.</summary>
    /// <param name="grain">The grain, from inside one of its turns.</param>
    /// <param name="reminderName">Not blank; unique in the grain.</param>
    /// <param name="dueTime">From now to the first tick; zero or more.</param>
    /// <param name="period">At least the minimum period, one minute unless configured. Ticks missed while the process was down are not made
    /// up for.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>, or this is not one of its turns.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (string.IsNullOrWhiteSpace(reminderName)) throw new ArgumentNullException(nameof(reminderName));
        if (grain is not IRemindable)
            throw new InvalidOperationException($"{grain.GrainContext.GrainId} has no reminders: its class is not {nameof(IRemindable)}.");
        var activation = Turn(grain);
        return activation.Runtime.Reminders.RegisterAsync(activation.GrainId, reminderName, dueTime, period);
    }

    /// <summary>Removes a reminder; done already is fine.</summary>
    /// <exception cref="ReminderException">It was registered anew since the handle was made.</exception>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        return Turn(grain).Runtime.Reminders.UnregisterAsync(reminder);
    }

    /// <summary>The reminder with this name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName)) throw new ArgumentNullException(nameof(reminderName));
        var activation = Turn(grain);
        return Task.FromResult(activation.Runtime.Reminders.Find(activation.GrainId, reminderName));
    }

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        var activation = Turn(grain);
        return Task.FromResult(activation.Runtime.Reminders.FindAll(activation.GrainId));
    }

    private static Activation Turn(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Activation.Current == grain.GrainContext
            ? (Activation)grain.GrainContext
            : throw new InvalidOperationException($"Reminders of {grain.GrainContext.GrainId} are for its own turns only.");
    }
}
