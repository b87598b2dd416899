using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar;

/// <summary>Something wrong with a policy, or suspicious about it, as <see cref="Validator"/> sees it.</summary>
public sealed class ValidationFinding
{
    private readonly string? _source;
    private readonly SourceSpan _span;

    internal ValidationFinding(string policyId, string message, string? advice, string? source, SourceSpan span)
    {
        PolicyId = policyId;
        Message = message;
        Advice = advice;
        _source = source;
        _span = span;
        if (source is not null) (Line, Column) = SourceExcerpt.Position(source, span.Start);
    }

    /// <summary>The policy, template or link this is about.</summary>
    public string PolicyId { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What the author may do about it; null where nothing more than the message can be said.</summary>
    public string? Advice { get; }

    /// <summary>The 1-based line in the text the policy was read from; null where it was read from JSON.</summary>
    public int? Line { get; }

    /// <summary>The 1-based column in UTF-16 code units; null as for <see cref="Line"/>.</summary>
    public int? Column { get; }

    /// <summary>The finding with its place: policy, line, column, message, advice, and the line itself with the part in question marked.</summary>
    public override string ToString()
    {
        var place = Line is null ? PolicyId : $"{PolicyId}, line {Line}, column {Column}";
        var text = Advice is null ? $"{place}: {Message}" : $"{place}: {Message}; {Advice}";
        return _source is null ? text : $"{text}\n{SourceExcerpt.Show(_source, _span)}";
    }
}
