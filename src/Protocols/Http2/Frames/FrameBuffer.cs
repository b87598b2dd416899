using System.Buffers;
using System.Buffers.Binary;
using RestateCloud.Protocols.Streams;

namespace RestateCloud.Protocols.Http2.Frames;

/// <summary>Frames that wait to be sent together. Its memory is the pool's while it holds none, but for a little.</summary>
internal sealed class FrameBuffer
{
    private readonly PooledBuffer _bytes = new();

    // Where the last frame begins if it is DATA that can go on; else -1.
    private int _data = -1;
    private int _dataStream;

    /// <summary>Bytes that wait.</summary>
    public int Length => _bytes.Length;

    /// <summary>What waits; valid until something is added or taken out.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.Bytes;

    /// <summary>Adds bytes that are no frame: the connection preface.</summary>
    public void AddRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Adds a frame.</summary>
    public void Add(FrameType type, FrameFlags flags, int streamId, ReadOnlySpan<byte> payload = default)
    {
        var output = Take(FrameHeader.Size + payload.Length);
        new FrameHeader(payload.Length, type, flags, streamId).Write(output);
        payload.CopyTo(output[FrameHeader.Size..]);
    }

    /// <summary>
    /// Adds a piece of a body, to the frame before it where that is of the same body: whoever sends a body in small pieces would have it
    /// received as a flood of frames.
    /// </summary>
    public void AddData(int streamId, in ReadOnlySequence<byte> data, bool isLast)
    {
        var length = (int)data.Length;
        var start = GoesOn(streamId, length) ? _data : Length;
        if (start == Length) Take(FrameHeader.Size);
        data.CopyTo(Take(length));
        new FrameHeader(Length - start - FrameHeader.Size, FrameType.Data, isLast ? FrameFlags.EndStream : FrameFlags.None, streamId).Write(_bytes.From(start));
        (_data, _dataStream) = (isLast ? -1 : start, streamId);
    }

    /// <summary>Whether a piece of a body has room in the last frame, which is of the same body.</summary>
    public bool GoesOn(int streamId, long length) =>
        _data >= 0 && _dataStream == streamId && Length - _data - FrameHeader.Size + length <= FrameHeader.MaximumPayload;

    /// <summary>Adds a frame whose payload is one number: WINDOW_UPDATE, RST_STREAM.</summary>
    public void Add(FrameType type, int streamId, int number)
    {
        Span<byte> payload = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        Add(type, FrameFlags.None, streamId, payload);
    }

    /// <summary>Adds a header block, in as many frames as it takes.</summary>
    public void AddHeaders(int streamId, ReadOnlySpan<byte> block, bool isLast)
    {
        var type = FrameType.Headers;
        var flags = isLast ? FrameFlags.EndStream : FrameFlags.None;
        while (block.Length > FrameHeader.MaximumPayload)
        {
            Add(type, flags, streamId, block[..FrameHeader.MaximumPayload]);
            (type, flags) = (FrameType.Continuation, FrameFlags.None);
            block = block[FrameHeader.MaximumPayload..];
        }

        Add(type, flags | FrameFlags.EndHeaders, streamId, block);
    }

    /// <summary>Adds SETTINGS.</summary>
    public void AddSettings(params ReadOnlySpan<(SettingId Id, int Value)> settings)
    {
        const int SettingSize = 6;
        Span<byte> payload = stackalloc byte[settings.Length * SettingSize];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[(i * SettingSize)..], (ushort)settings[i].Id);
            BinaryPrimitives.WriteInt32BigEndian(payload[((i * SettingSize) + sizeof(ushort))..], settings[i].Value);
        }

        Add(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    /// <summary>Adds GOAWAY.</summary>
    public void AddGoAway(int lastStreamId, Http2ErrorCode code)
    {
        Span<byte> payload = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastStreamId);
        BinaryPrimitives.WriteInt32BigEndian(payload[sizeof(int)..], (int)code);
        Add(FrameType.GoAway, FrameFlags.None, 0, payload);
    }

    /// <summary>Forgets what it holds, and keeps the memory.</summary>
    public void Empty()
    {
        _bytes.Empty();
        _data = -1;
    }

    /// <summary>Forgets what it holds, and gives the memory back.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _data = -1;
    }

    private Span<byte> Take(int length)
    {
        _data = -1;
        return _bytes.Take(length);
    }
}
