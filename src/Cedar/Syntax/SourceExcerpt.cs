namespace RestateCloud.Cedar.Syntax;

/// <summary>Shows a place in a text as a policy author expects it: the line, and carets under the fault.</summary>
internal static class SourceExcerpt
{
    private const int Window = 100;
    private const int LongestMessage = 2_000;

    /// <summary>A message cut to a length that logs and answers can carry: it may quote values of any size.</summary>
    public static string Shorten(string message) => message.Length <= LongestMessage ? message : $"{message.AsSpan(0, LongestMessage)}…";

    /// <summary>The 1-based line and column (UTF-16 code units) of an offset.</summary>
    public static (int Line, int Column) Position(string source, int offset)
    {
        offset = Math.Min(offset, source.Length);
        var before = source.AsSpan(0, offset);
        return (before.Count('\n') + 1, offset - (before.LastIndexOf('\n') + 1) + 1);
    }

    /// <summary>The line around a span with carets under it; a long line is cut to a window around the fault.</summary>
    public static string Show(string source, SourceSpan span)
    {
        var start = Math.Min(span.Start, source.Length);
        var lineStart = source.AsSpan(0, start).LastIndexOf('\n') + 1;
        var lineLength = source.AsSpan(lineStart).IndexOfAny('\n', '\r');
        var lineEnd = lineLength < 0 ? source.Length : lineStart + lineLength;

        var from = Math.Max(lineStart, start - Window / 2);
        var to = Math.Min(Math.Max(lineEnd, start), from + Window);
        var head = from > lineStart ? "…" : "";
        var tail = to < lineEnd ? "…" : "";
        var carets = Math.Clamp(span.Length, 1, Math.Max(1, to - start));

        var number = Position(source, start).Line.ToString();
        var gutter = new string(' ', number.Length);
        var indent = string.Concat(source.AsSpan(from, start - from).ToString().Select(c => c == '\t' ? '\t' : ' '));
        return $"{number} | {head}{source[from..to]}{tail}\n{gutter} | {new string(' ', head.Length)}{indent}{new string('^', carets)}";
    }
}
