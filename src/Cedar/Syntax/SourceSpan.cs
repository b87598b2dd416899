namespace RestateCloud.Cedar.Syntax;

/// <summary>A half-open range of UTF-16 offsets in a source text.</summary>
internal readonly record struct SourceSpan(int Start, int End)
{
    /// <summary>For what has no text of its own: nodes read from JSON.</summary>
    public static readonly SourceSpan None;

    public int Length => End - Start;

    public static SourceSpan Covering(SourceSpan first, SourceSpan last) => new(first.Start, last.End);
}
