namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>How much one connection may take, and how long things on it may.</summary>
public sealed record RelayLimits
{
    /// <summary>Requests at a time that are taken from the other side; those beyond it are refused.</summary>
    public int ConcurrentStreams { get; init; } = 1000;

    /// <summary>Bytes of one body that the other side may be ahead of whoever it is for.</summary>
    public int StreamWindow { get; init; } = 1024 * 1024;

    /// <summary>The same of all bodies together; what is kept of a connection that is not read is never more.</summary>
    public int ConnectionWindow { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of one block of headers, compressed and, with 32 for each field, decoded.</summary>
    public int HeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Frames of one block of headers after the first.</summary>
    public int Continuations { get; init; } = 32;

    /// <summary>Answers to PING and SETTINGS that the other side may leave unread.</summary>
    public int UnreadAnswers { get; init; } = 1000;

    /// <summary>Requests that wait until the other side has introduced itself, or takes more at a time; those beyond it find no way.</summary>
    public int WaitingRequests { get; init; }

    /// <summary>Requests that are opened before the connection is to be replaced: all for which HTTP/2 has numbers.</summary>
    public int Requests { get; init; } = 1 << 30;

    /// <summary>Requests that the other side may take back at once before they are answered; a hundred more each second.</summary>
    public int Resets { get; init; } = 1000;

    /// <summary>
    /// Of them, those that come and are taken back in one piece of what is read; ten more each second. Servers end connections on which many
    /// are (hyper: with more than twenty), and everybody's requests with them.
    /// </summary>
    public int ResetsAtOnce { get; init; } = 15;

    /// <summary>
    /// What may be unread in small pieces of bodies, as <see cref="UnreadPieces"/> counts it; beyond it they wait. A third of what servers bear,
    /// since what counts as read may not be.
    /// </summary>
    public int UnreadPieces { get; init; } = int.MaxValue;

    /// <summary>How long a small piece, and at most twice as long, counts as unread while others wait for it.</summary>
    public TimeSpan PieceTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes that wait to be sent, beyond which no body is added to them.</summary>
    public int OutputBytes { get; init; } = 256 * 1024;

    /// <summary>The same with answers, headers and whatever else no window holds back; beyond it the connection ends.</summary>
    public int UnreadBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long the other side may be silent before it is asked whether it is there.</summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long it may take to answer that, to read anything while there is something to read, or to go on with a block of headers.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to send what is left once the connection is over.</summary>
    public TimeSpan CloseTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call that came on it may go on without a byte in either direction; null for ever.</summary>
    public TimeSpan? SilenceTime { get; init; }

    /// <summary>How long a body may wait for the other side to allow more of it; null for ever.</summary>
    public TimeSpan? StallTime { get; init; }

    /// <summary>How long it may be without a request before it is closed; null for ever.</summary>
    public TimeSpan? IdleTime { get; init; }
}
