namespace RestateCloud.Cedar.Extensions;

/// <summary>A few decimal digits as a number. The framework's parsers are no help: they take trailing null characters, too.</summary>
internal static class Digits
{
    public static bool TryParse(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }

        return !text.IsEmpty;
    }
}
