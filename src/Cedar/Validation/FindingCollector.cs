using System.Collections.Immutable;
using System.Text;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Policies;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Validation;

/// <summary>Takes the findings of one policy; what is found again in another kind of request is kept once.</summary>
internal sealed class FindingCollector(Policy policy)
{
    /// <summary>The most findings kept: a large policy can have a fault in each of its parts, and others in each kind of request.</summary>
    private const int MaxFindings = 100;

    private readonly HashSet<(SourceSpan, string)> _seen = [];
    private readonly List<(SourceSpan Span, ValidationFinding Finding)> _findings = [];

    public bool IsEmpty => _findings.Count == 0;

    /// <summary>Whether no more findings are taken.</summary>
    public bool IsFull => _findings.Count == MaxFindings;

    /// <summary>All findings in the order of the text; kinds of requests are checked in no particular order.</summary>
    public ImmutableArray<ValidationFinding> Findings =>
        [.. _findings.OrderBy(entry => entry.Span.Start).ThenBy(entry => entry.Finding.Message, StringComparer.Ordinal).Select(entry => entry.Finding)];

    /// <summary>Adds a finding about the policy as a whole.</summary>
    public void Add(string message, string? advice = null) => Add(policy.Body.Span, message, advice);

    /// <summary>Adds a finding about an expression.</summary>
    public void Add(Expression expression, string message, string? advice = null) => Add(expression.Span, message, advice);

    /// <summary>An expression for a message, or how messages call one that is too long for that.</summary>
    public static string Show(Expression expression, string otherwise)
    {
        const int longest = 60;
        if (expression.Height > 10) return otherwise;
        var text = new StringBuilder();
        new ExpressionPrinter(text).Append(expression);
        return text.Length <= longest ? text.ToString() : otherwise;
    }

    private void Add(SourceSpan span, string message, string? advice)
    {
        if (!IsFull && _seen.Add((span, message))) _findings.Add((span, new ValidationFinding(policy.Id, message, advice, policy.Body.Source, span)));
    }
}
