namespace RestateCloud.Protocols.Http2;

/// <summary>The other side does something for which its connection ends.</summary>
/// <param name="code">What GOAWAY says.</param>
/// <param name="message">What logs say.</param>
public sealed class Http2Exception(Http2ErrorCode code, string message) : IOException(message)
{
    /// <summary>What GOAWAY says.</summary>
    public Http2ErrorCode Code => code;
}
