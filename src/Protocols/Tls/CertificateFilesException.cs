namespace RestateCloud.Protocols.Tls;

/// <summary>PEM files cannot be used; the message names their settings and says why in a sentence.</summary>
public sealed class CertificateFilesException(string message, Exception? innerException = null) : Exception(message, innerException);
