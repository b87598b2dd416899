using System.Text;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Writes policies as Cedar text.</summary>
internal static class PolicyPrinter
{
    public static string Print(PolicyBody body)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in body.Annotations)
        {
            text.Append('@').Append(name);
            if (value is not null) text.Append('(').AppendQuoted(value).Append(')');
            text.Append('\n');
        }

        text.Append(body.Effect == Effect.Permit ? "permit" : "forbid").Append(" (\n  ");
        AppendScope(text, "principal", body.Principal).Append(",\n  ");
        AppendScope(text, "action", body.Action).Append(",\n  ");
        AppendScope(text, "resource", body.Resource).Append("\n)");
        foreach (var condition in body.Conditions)
        {
            text.Append(condition.Negated ? "\nunless { " : "\nwhen { ");
            new ExpressionPrinter(text).Append(condition.Body);
            text.Append(" }");
        }

        return text.Append(';').ToString();
    }

    private static StringBuilder AppendScope(StringBuilder text, string variable, ScopeConstraint constraint)
    {
        text.Append(variable);
        switch (constraint)
        {
            case EqualScope equal: return AppendEntity(text.Append(" == "), equal.Entity, variable);
            case InScope within: return AppendEntity(text.Append(" in "), within.Entity, variable);
            case IsScope type: return text.Append(" is ").Append(type.EntityType);
            case IsInScope both: return AppendEntity(text.Append(" is ").Append(both.EntityType).Append(" in "), both.Entity, variable);
            case InAnyScope any: return text.Append(" in [").AppendJoin(", ", any.Entities).Append(']');
            default: return text;
        }
    }

    private static StringBuilder AppendEntity(StringBuilder text, EntityOrSlot entity, string variable) =>
        entity.Entity is { } uid ? text.Append(uid) : text.Append('?').Append(variable);
}
