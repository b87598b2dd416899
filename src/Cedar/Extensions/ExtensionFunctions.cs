using System.Collections.Frozen;

namespace RestateCloud.Cedar.Extensions;

/// <summary>All functions and methods of the extension types, by name. Method and function names do not overlap.</summary>
internal static class ExtensionFunctions
{
    private static readonly FrozenDictionary<string, ExtensionFunction> ByName = new[]
    {
        Constructor("ip", ValueKind.IpAddress, text => IpAddressLiteral.TryParse(text, out var value) ? CedarValue.Of(value) : default),
        Constructor("decimal", ValueKind.Decimal, text => DecimalLiteral.TryParse(text, out var value) ? CedarValue.OfDecimal(value) : default),
        Constructor("datetime", ValueKind.DateTime, text => DateTimeLiteral.TryParse(text, out var value) ? CedarValue.OfDateTime(value) : default),
        Constructor("duration", ValueKind.Duration, text => DurationLiteral.TryParse(text, out var value) ? CedarValue.OfDuration(value) : default),

        Method("isIpv4", ValueKind.IpAddress, ValueKind.Bool, ip => ip.AsIpAddress!.IsIpv4),
        Method("isIpv6", ValueKind.IpAddress, ValueKind.Bool, ip => !ip.AsIpAddress!.IsIpv4),
        Method("isLoopback", ValueKind.IpAddress, ValueKind.Bool, ip => ip.AsIpAddress!.IsLoopback),
        Method("isMulticast", ValueKind.IpAddress, ValueKind.Bool, ip => ip.AsIpAddress!.IsMulticast),
        Method("isInRange", ValueKind.IpAddress, ValueKind.IpAddress, ValueKind.Bool, (ip, range) => ip.AsIpAddress!.IsInRange(range.AsIpAddress!)),

        Method("lessThan", ValueKind.Decimal, ValueKind.Decimal, ValueKind.Bool, (a, b) => a.Bits < b.Bits),
        Method("lessThanOrEqual", ValueKind.Decimal, ValueKind.Decimal, ValueKind.Bool, (a, b) => a.Bits <= b.Bits),
        Method("greaterThan", ValueKind.Decimal, ValueKind.Decimal, ValueKind.Bool, (a, b) => a.Bits > b.Bits),
        Method("greaterThanOrEqual", ValueKind.Decimal, ValueKind.Decimal, ValueKind.Bool, (a, b) => a.Bits >= b.Bits),

        Method("offset", ValueKind.DateTime, ValueKind.Duration, ValueKind.DateTime, (time, by) => Calendar.Offset(time.Bits, by.Bits)),
        Method("durationSince", ValueKind.DateTime, ValueKind.DateTime, ValueKind.Duration, (to, from) => Calendar.DurationSince(to.Bits, from.Bits)),
        Method("toDate", ValueKind.DateTime, ValueKind.DateTime, time => Calendar.ToDate(time.Bits)),
        Method("toTime", ValueKind.DateTime, ValueKind.Duration, time => Calendar.ToTime(time.Bits)),
        Method("toMilliseconds", ValueKind.Duration, ValueKind.Long, duration => duration.Bits),
        Method("toSeconds", ValueKind.Duration, ValueKind.Long, duration => duration.Bits / Calendar.Second),
        Method("toMinutes", ValueKind.Duration, ValueKind.Long, duration => duration.Bits / Calendar.Minute),
        Method("toHours", ValueKind.Duration, ValueKind.Long, duration => duration.Bits / Calendar.Hour),
        Method("toDays", ValueKind.Duration, ValueKind.Long, duration => duration.Bits / Calendar.Day),
    }.ToFrozenDictionary(function => function.Name);

    public static ExtensionFunction? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The function that makes a value of this extension kind from a string.</summary>
    public static ExtensionFunction ConstructorOf(ValueKind kind) =>
        ByName.Values.First(function => function.IsConstructor && function.Result == kind);

    /// <summary>Why a call with arguments of the right kinds has no result.</summary>
    public static string ExplainFailure(ExtensionFunction function, CedarValue first) => function switch
    {
        { IsConstructor: false } => $"the result of `{function.Name}` is out of range",
        { Result: ValueKind.IpAddress } => $"{first} is no ipaddr: {IpAddressLiteral.Form}",
        { Result: ValueKind.Decimal } => $"{first} is no decimal: {DecimalLiteral.Form}",
        { Result: ValueKind.DateTime } => $"{first} is no datetime: {DateTimeLiteral.Form}",
        _ => $"{first} is no duration: {DurationLiteral.Form}",
    };

    private static ExtensionFunction Constructor(string name, ValueKind result, Func<string, CedarValue> parse) =>
        new(name, false, [ValueKind.String], result, (text, _) => parse(text.AsString!));

    private static ExtensionFunction Method(string name, ValueKind receiver, ValueKind result, Func<CedarValue, CedarValue> invoke) =>
        new(name, true, [receiver], result, (self, _) => invoke(self));

    private static ExtensionFunction Method(
        string name, ValueKind receiver, ValueKind argument, ValueKind result, ExtensionImplementation invoke) =>
        new(name, true, [receiver, argument], result, invoke);
}
