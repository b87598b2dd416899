namespace RestateCloud.Gateway.Caching;

/// <summary>A grain was asked for the first time and did not answer.</summary>
internal sealed class GrainUnavailableException(string id, Exception innerException)
    : Exception($"The control plane did not answer about '{id}'.", innerException);
