using System.Buffers;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>A connection whose calls go on, piece by piece, on those of other connections, whatever version of HTTP each speaks.</summary>
public abstract class RelayEnd
{
    private protected RelayEnd(RelayLimits limits, TimeProvider clock) => (Limits, Clock) = (limits, clock);

    /// <summary>Guards the streams. Where those of two are held, the caller's comes first.</summary>
    internal Lock Gate { get; } = new();

    private protected RelayLimits Limits { get; }

    private protected TimeProvider Clock { get; }

    /// <summary>Ends a request that takes too long, towards both sides.</summary>
    private protected void GiveUp(RelayStream stream, RelayFailure failure)
    {
        var other = stream.Other;
        Lost(stream, "It took too long.", Http2ErrorCode.Cancel, failure);
        if (other is null) return;
        other.Connection.Drop(other, Http2ErrorCode.Cancel);
        other.Connection.Flush();
    }

    /// <summary>Passes fields on: of an answer, or trailers.</summary>
    internal abstract void PassHeaders(RelayStream stream, HeaderFields fields, bool isLast);

    /// <summary>Passes a piece of a body on.</summary>
    /// <returns>Whether it is gone; else it waits for room, and <see cref="Credit"/> tells when it is.</returns>
    internal abstract bool PassData(RelayStream stream, in ReadOnlySequence<byte> data, bool isLast);

    /// <summary>Passes on that there will be no more of a message.</summary>
    internal abstract void PassReset(RelayStream stream, Http2ErrorCode code);

    /// <summary>The other side of a request is gone: a caller is told in words while he has no answer yet.</summary>
    internal abstract void Lost(RelayStream stream, string why, Http2ErrorCode code, RelayFailure failure = RelayFailure.Lost);

    /// <summary>Gives a request up.</summary>
    internal abstract void Drop(RelayStream stream, Http2ErrorCode code);

    /// <summary>Allows the other side as much of a body again as was passed on.</summary>
    internal abstract void Credit(RelayStream? stream, int length);

    /// <summary>Sends what waits, unless somebody does already.</summary>
    internal abstract void Flush();
}
