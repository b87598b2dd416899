namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>One of the two streams that a request is on: the caller's, or the one on which it goes on. Its connection's lock guards it.</summary>
public sealed class RelayStream
{
    internal RelayStream(RelayEnd connection, int id, long sendWindow, int receiveWindow)
    {
        (Connection, Id, SendWindow, ReceiveWindow) = (connection, id, sendWindow, receiveWindow);
    }

    internal RelayEnd Connection { get; }

    /// <summary>Zero while it waits to be opened.</summary>
    internal int Id { get; set; }

    /// <summary>The other one; null until the request goes on.</summary>
    internal RelayStream? Other { get; set; }

    internal RelayedCall? Call { get; set; }

    /// <summary>The request that is made here and comes from no other stream, or null.</summary>
    internal OwnRequest? Own { get; set; }

    /// <summary>Bytes of body that are still to come on it by what its fields say; null where they do not say.</summary>
    internal long? BytesToCome { get; set; }

    /// <summary>The answer has no body whatever its fields say: the request's method is HEAD.</summary>
    internal bool IsHead { get; set; }

    /// <summary>In which piece of what is read the request came.</summary>
    internal long Piece { get; init; }

    /// <summary>More than the request's fields has come on it.</summary>
    internal bool IsBegun { get; set; }

    /// <summary>Bytes of body that may be sent; below zero where the other side has made its windows smaller.</summary>
    internal long SendWindow { get; set; }

    /// <summary>Bytes of body that may come.</summary>
    internal int ReceiveWindow { get; set; }

    /// <summary>Bytes of body that were passed on and are to be allowed again.</summary>
    internal int Uncredited { get; set; }

    /// <summary>The body that waits to be sent, or null when there is none.</summary>
    internal WaitingBody? Waiting { get; set; }

    /// <summary>With which of the frames that are sent together a piece of its body was last sent.</summary>
    internal long Batch { get; set; }

    /// <summary>What of it counts in <see cref="UnreadPieces"/>, unless that is older than its rounds are.</summary>
    internal int Unread { get; set; }

    /// <summary>In which round of <see cref="UnreadPieces"/> that was last added to.</summary>
    internal int UnreadRound { get; set; }

    /// <summary>Whether it is among those to look at when there is room again.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The final status has been passed on to it.</summary>
    internal bool IsAnswered { get; set; }

    /// <summary>The final status has come on it.</summary>
    internal bool IsReplied { get; set; }

    internal bool InputEnded { get; set; }

    internal bool OutputEnded { get; set; }

    internal bool IsClosed { get; set; }
}
