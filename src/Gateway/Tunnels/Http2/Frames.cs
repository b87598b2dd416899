using System.Buffers;
using System.Buffers.Binary;

namespace RestateCloud.Gateway.Tunnels.Http2;

/// <summary>The few frames of HTTP/2 (RFC 9113, sections 4 and 6) that are read or written here and not by <see cref="SocketsHttpHandler"/>.</summary>
internal static class Frames
{
    /// <summary>Length of a frame's header, in bytes.</summary>
    public const int HeaderLength = 9;

    /// <summary>Length of the connection preface, in bytes.</summary>
    public const int PrefaceLength = 24;

    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte Continuation = 9;
    private const byte EndStream = 0x1;
    private const byte Ack = 0x1;
    private const byte EndHeaders = 0x4;

    /// <summary>GOAWAY with NO_ERROR; the last stream is 0 because the peer opens none.</summary>
    public static ReadOnlyMemory<byte> GoAwayWithoutError { get; } = new byte[] { 0, 0, 8, GoAway, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

    /// <summary>Length of the payload that follows a frame's header.</summary>
    public static int PayloadLength(ReadOnlySpan<byte> header) => (header[0] << 16) | (header[1] << 8) | header[2];

    /// <summary>Whether a frame is an empty DATA that ends this stream.</summary>
    public static bool EndsStream(ReadOnlySpan<byte> header, int streamId) =>
        PayloadLength(header) == 0 && header[3] == Data && (header[4] & EndStream) != 0
        && BinaryPrimitives.ReadInt32BigEndian(header[5..]) == streamId;

    /// <summary>Whether a frame goes on with a block of headers.</summary>
    public static bool IsContinuation(ReadOnlySpan<byte> header) => header[3] == Continuation;

    /// <summary>Whether whoever receives a frame has to send one back: PING and SETTINGS.</summary>
    public static bool AsksForAnswer(ReadOnlySpan<byte> header) => header[3] is Ping or Settings && (header[4] & Ack) == 0;

    /// <summary>Whether a frame is what is sent back.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> header) => header[3] is Ping or Settings && (header[4] & Ack) != 0;

    /// <summary>Writes a HEADERS frame that ends the stream.</summary>
    public static void WriteTrailers(IBufferWriter<byte> output, int streamId, ReadOnlySpan<byte> headerBlock)
    {
        var header = output.GetSpan(HeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(header, headerBlock.Length << 8);
        header[3] = Headers;
        header[4] = EndStream | EndHeaders;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], streamId);
        output.Advance(HeaderLength);
        output.Write(headerBlock);
    }
}
