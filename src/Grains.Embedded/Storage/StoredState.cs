namespace RestateCloud.Grains.Embedded.Storage;

/// <summary>A stored record of a grain.</summary>
internal sealed record StoredState(long Etag, string Json);
