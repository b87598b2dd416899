using System.Globalization;

namespace RestateCloud.Cedar.Extensions;

/// <summary>The text form of decimals: a sign, digits, a point, one to four digits; the value is ten-thousandths in 64 bits.</summary>
internal static class DecimalLiteral
{
    public const string Form = "a decimal has digits on both sides of a point, at most four after it, "
        + "and lies between -922337203685477.5808 and 922337203685477.5807";

    private const int FractionDigits = 4;

    public static bool TryParse(string text, out long tenThousandths)
    {
        tenThousandths = 0;
        var negative = text.StartsWith('-');
        var digits = text.AsSpan(negative ? 1 : 0);
        var point = digits.IndexOf('.');
        if (point < 1 || digits.Length - point - 1 is < 1 or > FractionDigits) return false;

        Int128 value = 0;
        foreach (var c in digits)
        {
            if (c == '.' && point >= 0)
            {
                point = -1;
                continue;
            }

            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
            if (value > (Int128)ulong.MaxValue) return false;
        }

        for (var missing = FractionDigits - (digits.Length - digits.IndexOf('.') - 1); missing > 0; missing--) value *= 10;
        if (negative) value = -value;
        if (value < long.MinValue || value > long.MaxValue) return false;
        tenThousandths = (long)value;
        return true;
    }

    public static string Format(long tenThousandths)
    {
        var (whole, fraction) = Int128.DivRem(Int128.Abs(tenThousandths), 10_000);
        return string.Create(CultureInfo.InvariantCulture, $"{(tenThousandths < 0 ? "-" : "")}{whole}.{fraction:D4}");
    }
}
