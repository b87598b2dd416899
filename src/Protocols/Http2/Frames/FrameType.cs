namespace RestateCloud.Protocols.Http2.Frames;

/// <summary>The types of frames (RFC 9113, section 6); others are ignored.</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    ResetStream = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

/// <summary>The flags of frames; what each means depends on the type.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    EndStream = 0x1,
    Ack = 0x1,
    EndHeaders = 0x4,
    Padded = 0x8,
    Priority = 0x20,
}

/// <summary>What SETTINGS set (RFC 9113, section 6.5.2); others are ignored.</summary>
internal enum SettingId : ushort
{
    HeaderTableSize = 1,
    EnablePush = 2,
    MaximumConcurrentStreams = 3,
    InitialWindowSize = 4,
    MaximumFrameSize = 5,
    MaximumHeaderListSize = 6,
}
