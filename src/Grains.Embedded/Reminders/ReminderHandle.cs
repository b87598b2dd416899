using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Reminders;

/// <summary>A reminder as a grain holds it.</summary>
internal sealed record ReminderHandle(GrainId GrainId, string ReminderName, long Etag) : IGrainReminder;
