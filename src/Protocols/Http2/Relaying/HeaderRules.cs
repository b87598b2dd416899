using System.Buffers;
using System.Buffers.Text;
using RestateCloud.Protocols.Http2.Hpack;

namespace RestateCloud.Protocols.Http2.Relaying;

/// <summary>
/// What fields have to look like (RFC 9113, sections 8.2 and 8.3). Whoever comes next may speak another version of HTTP, where what is
/// allowed in a field here would be a field or a request of its own.
/// </summary>
internal static class HeaderRules
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> NotInValues = SearchValues.Create("\0\r\n"u8);

    /// <summary>Whether these are a request's fields. CONNECT is none that is relayed.</summary>
    public static bool IsRequest(HeaderFields fields)
    {
        var (method, scheme, path, authority, i) = (0, 0, 0, 0, 0);
        for (; i < fields.Count && IsPseudo(fields.Name(i)); i++)
        {
            var name = fields.Name(i);
            var value = fields.Value(i);
            if (name.SequenceEqual(":method"u8) && !value.SequenceEqual("CONNECT"u8) && IsToken(value)) method++;
            else if (name.SequenceEqual(":scheme"u8) && !value.IsEmpty) scheme++;
            else if (name.SequenceEqual(":path"u8) && !value.IsEmpty && !value.ContainsAny((byte)' ', (byte)'\t')) path++;
            else if (name.SequenceEqual(":authority"u8)) authority++;
            else return false;
            if (value.ContainsAny(NotInValues)) return false;
        }

        return (method, scheme, path) == (1, 1, 1) && authority <= 1 && AreOrdinary(fields, i);
    }

    /// <summary>The status of an answer's fields; null when they are none.</summary>
    public static int? StatusOf(HeaderFields fields)
    {
        if (fields.Count == 0 || !fields.Name(0).SequenceEqual(":status"u8)) return null;
        var value = fields.Value(0);
        if (value.Length != 3 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || value[0] == '0' || !AreOrdinary(fields, 1)) return null;
        return (100 * (value[0] - '0')) + (10 * (value[1] - '0')) + (value[2] - '0');
    }

    /// <summary>Reads how long the body is by what its fields say (RFC 9113, section 8.1.1); null where they do not say.</summary>
    /// <returns>False when they say what cannot be understood, or different things.</returns>
    public static bool TryReadLength(HeaderFields fields, out long? length)
    {
        length = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!fields.IsNamed(i, "content-length"u8)) continue;
            if (!TryReadNumber(fields.Value(i), out var number) || (length is { } other && other != number)) return false;
            length = number;
        }

        return true;
    }

    /// <summary>Whether fields may stand at the end of a body.</summary>
    public static bool AreTrailers(HeaderFields fields) => AreOrdinary(fields, 0);

    private static bool AreOrdinary(HeaderFields fields, int from)
    {
        for (var i = from; i < fields.Count; i++)
        {
            if (!(fields.Known(i) is { } known ? IsOrdinary(known) : IsOrdinary(fields.Name(i), fields.Value(i)))) return false;
        }

        return true;
    }

    private static bool IsOrdinary(KnownField field)
    {
        if (field.Kind == FieldKind.Unknown) field.Kind = IsOrdinary(field.Name, field.Value) ? FieldKind.Ordinary : FieldKind.Other;
        return field.Kind == FieldKind.Ordinary;
    }

    private static bool IsOrdinary(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        !name.IsEmpty && !name.ContainsAnyExcept(NameBytes) && !value.ContainsAny(NotInValues) && !IsOfOneConnection(name, value);

    // RFC 9113, section 8.2.2.
    private static bool IsOfOneConnection(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        2 => name.SequenceEqual("te"u8) && !value.SequenceEqual("trailers"u8),
        7 => name.SequenceEqual("upgrade"u8),
        10 => name.SequenceEqual("connection"u8) || name.SequenceEqual("keep-alive"u8),
        16 => name.SequenceEqual("proxy-connection"u8),
        17 => name.SequenceEqual("transfer-encoding"u8),
        _ => false,
    };

    // Parsers of numbers take signs too.
    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number) =>
        Utf8Parser.TryParse(digits, out number, out var length) && length == digits.Length && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsPseudo(ReadOnlySpan<byte> name) => !name.IsEmpty && name[0] == ':';

    private static bool IsToken(ReadOnlySpan<byte> method) => !method.IsEmpty && !method.ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
