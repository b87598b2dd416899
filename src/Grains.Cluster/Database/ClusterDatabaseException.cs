namespace RestateCloud.Grains.Cluster;

/// <summary>The cluster's database cannot be used; the message says why in a sentence, and holds no password.</summary>
public sealed class ClusterDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);
