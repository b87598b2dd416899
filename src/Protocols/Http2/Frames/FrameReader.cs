using System.Buffers;

namespace RestateCloud.Protocols.Http2.Frames;

/// <summary>Takes frames off what has come on a connection.</summary>
internal static class FrameReader
{
    /// <summary>Takes a whole frame; false when there is none yet.</summary>
    /// <exception cref="Http2Exception">It is longer than was allowed.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out FrameHeader header, out ReadOnlySequence<byte> payload)
    {
        (header, payload) = (default, default);
        if (input.Length < FrameHeader.Size) return false;
        if (input.FirstSpan.Length >= FrameHeader.Size)
        {
            header = FrameHeader.Read(input.FirstSpan);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[FrameHeader.Size];
            input.Slice(0, FrameHeader.Size).CopyTo(bytes);
            header = FrameHeader.Read(bytes);
        }

        if (header.Length > FrameHeader.MaximumPayload) throw new Http2Exception(Http2ErrorCode.FrameSizeError, "A frame is longer than allowed.");
        if (input.Length < FrameHeader.Size + header.Length) return false;
        payload = input.Slice(FrameHeader.Size, header.Length);
        input = input.Slice(payload.End);
        return true;
    }
}
