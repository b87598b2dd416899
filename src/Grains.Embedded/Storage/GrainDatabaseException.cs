namespace RestateCloud.Grains.Embedded;

/// <summary>The grain database cannot be opened; the message says why in a sentence for the operator.</summary>
public sealed class GrainDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);
