using System.Globalization;
using System.Text;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Values;

/// <summary>Values as policies write them, for messages and printing.</summary>
internal static class ValueText
{
    public static string Of(CedarValue value) => Append(new StringBuilder(), value).ToString();

    private static StringBuilder Append(StringBuilder text, CedarValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool: return text.Append(value.IsTrue ? "true" : "false");
            case ValueKind.Long: return text.Append(value.Bits.ToString(CultureInfo.InvariantCulture));
            case ValueKind.String: return text.AppendQuoted(value.AsString!);
            case ValueKind.Entity: return text.Append(value.AsEntity!.Type).Append("::").AppendQuoted(value.AsEntity.Id);
            case ValueKind.Set: return AppendSet(text, value.AsSet!.Elements);
            case ValueKind.Record: return AppendRecord(text, value.AsRecord!);
            case ValueKind.Decimal: return text.Append("decimal(\"").Append(DecimalLiteral.Format(value.Bits)).Append("\")");
            case ValueKind.IpAddress: return text.Append("ip(\"").Append(value.AsIpAddress).Append("\")");
            case ValueKind.Duration: return text.Append("duration(\"").Append(DurationLiteral.Format(value.Bits)).Append("\")");
            case ValueKind.DateTime:
                // Not every datetime has a literal; an offset from the epoch reaches all.
                return text.Append("datetime(\"1970-01-01\").offset(duration(\"").Append(DurationLiteral.Format(value.Bits)).Append("\"))");
            default: return text.Append("nothing");
        }
    }

    private static StringBuilder AppendSet(StringBuilder text, ReadOnlySpan<CedarValue> elements)
    {
        text.Append('[');
        for (var i = 0; i < elements.Length; i++) Append(i == 0 ? text : text.Append(", "), elements[i]);
        return text.Append(']');
    }

    private static StringBuilder AppendRecord(StringBuilder text, RecordValue record)
    {
        text.Append('{');
        for (var i = 0; i < record.Count; i++)
            Append((i == 0 ? text : text.Append(", ")).AppendQuoted(record.Names[i]).Append(": "), record.Values[i]);
        return text.Append('}');
    }
}
