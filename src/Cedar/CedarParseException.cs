using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar;

/// <summary>
/// A policy, schema, entity document or request that cannot be read. The message says what is wrong and shows the place;
/// nothing of the input has been taken over when this is thrown.
/// </summary>
public sealed class CedarParseException : FormatException
{
    internal CedarParseException(string message, int? line = null, int? column = null, string? jsonPath = null, Exception? inner = null)
        : base(message, inner)
    {
        Line = line;
        Column = column;
        JsonPath = jsonPath;
    }

    /// <summary>The 1-based line of the fault, or null where the input is JSON that is well formed but not meaningful.</summary>
    public int? Line { get; }

    /// <summary>The 1-based column of the fault in UTF-16 code units, or null as for <see cref="Line"/>.</summary>
    public int? Column { get; }

    /// <summary>Where in a JSON document the fault is, such as <c>$[3].attrs.owner</c>; null for Cedar text.</summary>
    public string? JsonPath { get; }

    internal static CedarParseException At(string source, SourceSpan span, string message)
    {
        var (line, column) = SourceExcerpt.Position(source, span.Start);
        return new CedarParseException(
            $"line {line}, column {column}: {SourceExcerpt.Shorten(message)}\n{SourceExcerpt.Show(source, span)}", line, column);
    }

    internal static CedarParseException InJson(string path, string message, Exception? inner = null) =>
        new(SourceExcerpt.Shorten($"{path}: {message}"), jsonPath: path, inner: inner);
}
