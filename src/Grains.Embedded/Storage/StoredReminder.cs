using Orleans.Runtime;

namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>A stored reminder. <paramref name="StartAt"/> is the first tick, UTC.</summary>
internal sealed record StoredReminder(GrainId GrainId, string Name, long Etag, DateTime StartAt, TimeSpan Period);
