namespace RestateCloud.Grains.Cluster;

/// <summary>A cluster member cannot start with these settings; the message says why in a sentence.</summary>
public sealed class ClusterSettingsException(string message, Exception? innerException = null) : Exception(message, innerException);
