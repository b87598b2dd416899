namespace RestateCloud.Protocols.Http2.Hpack;

/// <summary>Where a field may stand. A byte, so that it is read whole while it is written.</summary>
internal enum FieldKind : byte
{
    /// <summary>Nobody has looked.</summary>
    Unknown,

    /// <summary>Anywhere but among those with a colon.</summary>
    Ordinary,

    /// <summary>It has a colon, or is malformed, or of one connection only.</summary>
    Other,
}
