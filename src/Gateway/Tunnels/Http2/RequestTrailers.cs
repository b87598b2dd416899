using System.Buffers;

namespace RestateCloud.Gateway.Tunnels.Http2;

/// <summary>
/// Ends the first request of an HTTP/2 client with trailers. .NET's client cannot send any, and ends a request with an empty DATA frame;
/// here a HEADERS frame takes its place, which means the same to flow control and to the client's own state. What is
/// written before it is looked at frame by frame, what comes after it is not.
/// </summary>
internal sealed class RequestTrailers
{
    private const int FirstStream = 1;

    private readonly byte[] _header = new byte[Frames.HeaderLength];
    private int _headerLength;
    private int _payloadLeft = Frames.PrefaceLength;
    private byte[]? _trailers;

    /// <summary>Whether the request has ended, so that nothing needs to be replaced any more.</summary>
    public bool AreSent { get; private set; }

    /// <summary>Says what to end with; before the request ends.</summary>
    /// <param name="headerBlock">Less than 16 KiB, the frame size that every peer takes.</param>
    public void Set(byte[] headerBlock) => Volatile.Write(ref _trailers, headerBlock);

    /// <summary>Takes what the client has written, in pieces of any size, and gives what is to be sent.</summary>
    public void Process(ReadOnlySpan<byte> written, IBufferWriter<byte> output)
    {
        while (!written.IsEmpty)
        {
            if (AreSent)
            {
                output.Write(written);
                return;
            }

            written = _payloadLeft > 0 ? TakePayload(written, output) : TakeHeader(written, output);
        }
    }

    private ReadOnlySpan<byte> TakePayload(ReadOnlySpan<byte> written, IBufferWriter<byte> output)
    {
        var length = Math.Min(_payloadLeft, written.Length);
        output.Write(written[..length]);
        _payloadLeft -= length;
        return written[length..];
    }

    private ReadOnlySpan<byte> TakeHeader(ReadOnlySpan<byte> written, IBufferWriter<byte> output)
    {
        var length = Math.Min(Frames.HeaderLength - _headerLength, written.Length);
        written[..length].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += length;
        if (_headerLength == Frames.HeaderLength) EndHeader(output);
        return written[length..];
    }

    private void EndHeader(IBufferWriter<byte> output)
    {
        _headerLength = 0;
        if (Volatile.Read(ref _trailers) is { } trailers && Frames.EndsStream(_header, FirstStream))
        {
            Frames.WriteTrailers(output, FirstStream, trailers);
            AreSent = true;
            return;
        }

        _payloadLeft = Frames.PayloadLength(_header);
        output.Write(_header);
    }
}
