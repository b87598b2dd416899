namespace RestateCloud.Cedar.Values;

/// <summary>Kinds as messages name them.</summary>
internal static class KindNames
{
    public static string Of(ValueKind kind) => kind switch
    {
        ValueKind.Bool => "a boolean",
        ValueKind.Long => "a long",
        ValueKind.String => "a string",
        ValueKind.Entity => "an entity",
        ValueKind.Set => "a set",
        ValueKind.Record => "a record",
        ValueKind.Decimal => "a decimal",
        ValueKind.IpAddress => "an ipaddr",
        ValueKind.DateTime => "a datetime",
        ValueKind.Duration => "a duration",
        _ => "nothing",
    };
}
