using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Extensions;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Evaluation;

internal enum FailureReason
{
    None,
    WrongKind,
    Overflow,
    MissingEntity,
    MissingAttribute,
    MissingTag,
    WrongArgumentCount,
    NoResult,
}

/// <summary>Why a condition has no value. Kept as data: most are never shown, so no text is made until one is.</summary>
/// <param name="Reason">What went wrong.</param>
/// <param name="Source">The expression it went wrong in.</param>
/// <param name="Operand">The value at fault.</param>
/// <param name="Expected">The kind wanted instead; <see cref="ValueKind.None"/> where several would do.</param>
internal readonly record struct EvaluationFailure(FailureReason Reason, Expression? Source, CedarValue Operand, ValueKind Expected)
{
    public override string ToString() => Reason switch
    {
        FailureReason.WrongKind when Expected != ValueKind.None => $"expected {KindNames.Of(Expected)}, found {KindNames.Of(Operand.Kind)}: {Operand}",
        FailureReason.WrongKind => $"{KindNames.Of(Operand.Kind)} cannot stand here: {Operand}",
        FailureReason.Overflow => "the result does not fit into 64 bits",
        FailureReason.MissingEntity => $"the entity {Operand} is not known",
        FailureReason.MissingAttribute => $"{Operand} has no attribute `{(Source as AttributeExpression)?.Name}`",
        FailureReason.MissingTag => $"{Operand} has no such tag",
        FailureReason.WrongArgumentCount when Source is CallExpression call =>
            $"`{call.Function.Name}` takes {call.Function.Parameters.Length} arguments, not {call.Arguments.Length}",
        FailureReason.NoResult when Source is CallExpression call => ExtensionFunctions.ExplainFailure(call.Function, Operand),
        _ => "the condition has no value",
    };
}
