using System.Buffers.Binary;

namespace RestateCloud.Protocols.Http2.Frames;

/// <summary>The nine bytes before each payload (RFC 9113, section 4.1).</summary>
internal readonly record struct FrameHeader(int Length, FrameType Type, FrameFlags Flags, int StreamId)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 9;

    /// <summary>The payload that everybody takes, and the most that is sent or taken here.</summary>
    public const int MaximumPayload = 16 * 1024;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        (bytes[0] << 16) | (bytes[1] << 8) | bytes[2],
        (FrameType)bytes[3],
        (FrameFlags)bytes[4],
        BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue);

    public void Write(Span<byte> output)
    {
        BinaryPrimitives.WriteInt32BigEndian(output, Length << 8);
        output[3] = (byte)Type;
        output[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(output[5..], StreamId);
    }
}
