namespace RestateCloud.Protocols.Http2;

/// <summary>Why a stream or a connection ends (RFC 9113, section 7).</summary>
public enum Http2ErrorCode
{
    /// <summary>Nothing is wrong.</summary>
    NoError = 0,

    /// <summary>The other side does what the protocol does not allow.</summary>
    ProtocolError = 1,

    /// <summary>Something went wrong here.</summary>
    InternalError = 2,

    /// <summary>More was sent than the window allows.</summary>
    FlowControlError = 3,

    /// <summary>A frame has a length that it must not have.</summary>
    FrameSizeError = 6,

    /// <summary>The request was not looked at.</summary>
    RefusedStream = 7,

    /// <summary>Nobody wants it any more.</summary>
    Cancel = 8,

    /// <summary>A header block cannot be read.</summary>
    CompressionError = 9,

    /// <summary>The other side asks for too much.</summary>
    EnhanceYourCalm = 11,
}
