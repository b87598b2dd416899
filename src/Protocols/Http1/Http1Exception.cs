namespace RestateCloud.Protocols.Http1;

/// <summary>The other side sends what is no HTTP/1.1, for which its connection ends.</summary>
/// <param name="message">What logs say.</param>
internal sealed class Http1Exception(string message) : IOException(message);
