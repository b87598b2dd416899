namespace RestateCloud.Grains.Records;

/// <summary>What grains have stored cannot be moved; the message says why in a sentence for the operator.</summary>
public sealed class GrainRecordsException(string message) : Exception(message);
