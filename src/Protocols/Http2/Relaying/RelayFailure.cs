namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>Why there will be no answer, or no more of it.</summary>
public enum RelayFailure
{
    /// <summary>The other side is gone, took the request back or answered what is none; whether it did anything is not known.</summary>
    Lost,

    /// <summary>The other side has said that it has not looked at the request.</summary>
    NotTaken,

    /// <summary>Nothing came from either side for too long.</summary>
    Silent,

    /// <summary>The caller allowed no more of the answer for too long.</summary>
    Stalled,
}
