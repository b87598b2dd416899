namespace RestateCloud.Cedar;

/// <summary>The types of Cedar values.</summary>
public enum ValueKind
{
    /// <summary>No value: only <c>default(CedarValue)</c> is this.</summary>
    None,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Long,

    /// <summary>Text.</summary>
    String,

    /// <summary>A reference to an entity by its uid.</summary>
    Entity,

    /// <summary>A set of values without order or duplicates.</summary>
    Set,

    /// <summary>A record of named values.</summary>
    Record,

    /// <summary>The extension type <c>decimal</c>: four fractional digits, 64 bits.</summary>
    Decimal,

    /// <summary>The extension type <c>ipaddr</c>: an IPv4 or IPv6 address with a prefix length.</summary>
    IpAddress,

    /// <summary>The extension type <c>datetime</c>: milliseconds since 1970-01-01T00:00:00Z, 64 bits.</summary>
    DateTime,

    /// <summary>The extension type <c>duration</c>: milliseconds, 64 bits.</summary>
    Duration,
}
