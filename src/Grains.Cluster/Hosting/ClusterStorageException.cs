namespace RestateCloud.Grains.Cluster;

/// <summary>The cluster's storage cannot be used; the message says why in a sentence, and holds no secret.</summary>
public sealed class ClusterStorageException(string message, Exception? innerException = null) : Exception(message, innerException);
