namespace RestateCloud.Gateway.Caching;

/// <summary>A grain was asked, nothing that it said before may be used, and it did not answer.</summary>
internal sealed class GrainUnavailableException(string id, Exception? innerException = null)
    : Exception($"The control plane did not answer about '{id}'.", innerException);
