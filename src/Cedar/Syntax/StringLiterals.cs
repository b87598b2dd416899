using System.Globalization;
using System.Text;
using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Syntax;

/// <summary>
/// Cedar's string literals: escapes are those of Rust strings (<c>\n \r \t \\ \0 \' \" \x41 \u{1F600}</c>),
/// and in the pattern of a <c>like</c> also <c>\*</c>.
/// </summary>
internal static class StringLiterals
{
    /// <summary>The value of a string token, whose span includes its quotes.</summary>
    public static string Unescape(string source, SourceSpan span)
    {
        var text = source.AsSpan(span.Start + 1, span.Length - 2);
        if (text.IndexOfAny('\\', '\r') < 0) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var at = span.Start + 1; at < span.End - 1;) result.Append(Character(source, ref at, span.End - 1, out _));
        return result.ToString();
    }

    /// <summary>
    /// The pattern of a string token. An escape that yields an asterisk, as <c>\x2a</c>, is a wildcard like the plain one:
    /// only <c>\*</c> stands for the character itself.
    /// </summary>
    public static Pattern UnescapePattern(string source, SourceSpan span)
    {
        var pattern = new Pattern.Builder();
        for (var at = span.Start + 1; at < span.End - 1;)
        {
            var part = Character(source, ref at, span.End - 1, out var escapedStar, pattern: true);
            if (part == "*" && !escapedStar) pattern.AddWildcard();
            else pattern.AddLiteral(part);
        }

        return pattern.Build();
    }

    /// <summary>A string as a literal with its quotes; reading it gives the same string.</summary>
    public static string Quote(string value) => new StringBuilder(value.Length + 2).AppendQuoted(value).ToString();

    public static StringBuilder AppendQuoted(this StringBuilder text, string value) =>
        text.Append('"').AppendEscaped(value).Append('"');

    public static StringBuilder AppendEscaped(this StringBuilder text, string value)
    {
        foreach (var rune in value.EnumerateRunes())
            _ = rune.Value switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\0' => text.Append("\\0"),
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                    => text.Append("\\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}'),
                _ => text.Append(rune.ToString()),
            };
        return text;
    }

    private static string Character(string source, ref int at, int end, out bool escapedStar, bool pattern = false)
    {
        escapedStar = false;
        var start = at;
        var c = source[at++];
        if (c == '\r') throw Bad("a carriage return in a string is written \\r");
        if (c != '\\') return char.IsHighSurrogate(c) && at < end ? new string([c, source[at++]]) : c.ToString();
        switch (source[at++])
        {
            case 'n': return "\n";
            case 'r': return "\r";
            case 't': return "\t";
            case '0': return "\0";
            case '\\': return "\\";
            case '\'': return "'";
            case '"': return "\"";
            case '*' when pattern:
                escapedStar = true;
                return "*";
            case 'x': return AsciiEscape(ref at);
            case 'u': return UnicodeEscape(ref at);
            default: throw Bad("this escape is not known; \\n \\r \\t \\\\ \\0 \\' \\\" \\x41 and \\u{1F600} are");
        }

        string AsciiEscape(ref int at)
        {
            if (at + 2 > end || !char.IsAsciiHexDigit(source[at]) || !char.IsAsciiHexDigit(source[at + 1]))
                throw Bad("\\x takes two hexadecimal digits");
            var code = int.Parse(source.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += 2;
            return code <= 0x7F ? ((char)code).ToString() : throw Bad("\\x goes up to 7F; use \\u{…} for other characters");
        }

        string UnicodeEscape(ref int at)
        {
            var close = at < end && source[at] == '{' ? source.AsSpan(at, end - at).IndexOf('}') : -1;
            var digits = close < 0 ? "" : source.Substring(at + 1, close - 1).Replace("_", "");
            if (close < 0 || source[at + 1] == '_' || digits.Length is 0 or > 6 || !digits.All(char.IsAsciiHexDigit))
                throw Bad("\\u takes one to six hexadecimal digits in braces, such as \\u{1F600}");
            var code = int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += close + 1;
            return Rune.IsValid(code) ? new Rune(code).ToString() : throw Bad("this is not the code of a Unicode character");
        }

        CedarParseException Bad(string why) =>
            CedarParseException.At(source, new SourceSpan(start, Math.Min(end, start + 2)), why);
    }
}
