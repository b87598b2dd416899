using System.Text;
using RestateCloud.Cedar.Expressions;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Writes expressions as Cedar text, with parentheses only where the grammar needs them.</summary>
internal sealed class ExpressionPrinter(StringBuilder text)
{
    /// <summary>The levels of the grammar: what stands at one may not hold what is below it without parentheses.</summary>
    private enum Level
    {
        Any,
        Or,
        And,
        Relation,
        Sum,
        Product,
        Unary,
        Member,
    }

    public void Append(Expression expression) => Append(expression, Level.Any);

    private static Level LevelOf(Expression expression) => expression switch
    {
        IfExpression => Level.Any,
        BinaryExpression binary => binary.Operator switch
        {
            BinaryOperator.Or => Level.Or,
            BinaryOperator.And => Level.And,
            BinaryOperator.Add or BinaryOperator.Subtract => Level.Sum,
            BinaryOperator.Multiply => Level.Product,
            var op => OperatorNames.IsMethod(op) ? Level.Member : Level.Relation,
        },

        // A path of which a part is no identifier has no short form; it is written out with &&.
        HasExpression has => IsPlain(has) ? Level.Relation : Level.And,
        LikeExpression or IsExpression => Level.Relation,
        UnaryExpression unary => unary.Operator == UnaryOperator.IsEmpty ? Level.Member : Level.Unary,
        LiteralExpression { Value: { IsLong: true, Bits: < 0 } } => Level.Unary,
        _ => Level.Member,
    };

    private void Append(Expression expression, Level least)
    {
        var inParentheses = LevelOf(expression) < least;
        if (inParentheses) text.Append('(');
        AppendBare(expression);
        if (inParentheses) text.Append(')');
    }

    private void AppendBare(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                text.Append(literal.Value);
                break;
            case VariableExpression variable:
                text.Append(VariableNames.Name(variable.Variable));
                break;
            case IfExpression choice:
                Append(choice.Condition, "if ");
                Append(choice.Then, " then ");
                Append(choice.Else, " else ");
                break;
            case UnaryExpression unary:
                AppendUnary(unary);
                break;
            case BinaryExpression binary:
                AppendBinary(binary);
                break;
            case AttributeExpression attribute:
                Append(attribute.Target, Level.Member);
                AppendAttribute(attribute.Name);
                break;
            case HasExpression has:
                AppendHas(has);
                break;
            case LikeExpression like:
                Append(like.Target, Level.Sum);
                text.Append(" like ");
                AppendPattern(like.Pattern);
                break;
            case IsExpression type:
                Append(type.Target, Level.Sum);
                text.Append(" is ").Append(type.EntityType);
                if (type.In is not null)
                {
                    text.Append(" in ");
                    Append(type.In, Level.Sum);
                }

                break;
            case SetExpression set:
                AppendList('[', set.Elements, ']');
                break;
            case RecordExpression record:
                AppendRecord(record);
                break;
            case CallExpression call:
                AppendCall(call);
                break;
        }
    }

    private void Append(Expression expression, string before)
    {
        text.Append(before);
        Append(expression);
    }

    private void AppendUnary(UnaryExpression unary)
    {
        if (unary.Operator == UnaryOperator.IsEmpty)
        {
            Append(unary.Operand, Level.Member);
            text.Append(".isEmpty()");
            return;
        }

        // A minus directly before a number would become part of it, so a number keeps its parentheses.
        text.Append(unary.Operator == UnaryOperator.Not ? '!' : '-');
        var isNumber = unary.Operand is LiteralExpression { Value.IsLong: true };
        if (isNumber) text.Append('(');
        Append(unary.Operand, isNumber ? Level.Any : Level.Member);
        if (isNumber) text.Append(')');
    }

    private void AppendBinary(BinaryExpression binary)
    {
        var name = OperatorNames.Name(binary.Operator);
        var level = LevelOf(binary);
        if (level == Level.Member)
        {
            Append(binary.Left, Level.Member);
            text.Append('.').Append(name);
            AppendList('(', [binary.Right], ')');
            return;
        }

        // Chains lean left, and relations do not chain at all.
        Append(binary.Left, level == Level.Relation ? Level.Sum : level);
        text.Append(' ').Append(name).Append(' ');
        Append(binary.Right, level + 1);
    }

    private void AppendHas(HasExpression has)
    {
        if (IsPlain(has))
        {
            Append(has.Target, Level.Sum);
            text.Append(" has ");
            if (has.Path is [var only] && !Identifiers.IsIdentifier(only)) text.AppendQuoted(only);
            else text.AppendJoin('.', has.Path);
            return;
        }

        var target = has.Target;
        for (var i = 0; i < has.Path.Length; i++)
        {
            if (i > 0) text.Append(" && ");
            AppendHas(new HasExpression(target, [has.Path[i]], has.Span));
            target = new AttributeExpression(target, has.Path[i], has.Span);
        }
    }

    private static bool IsPlain(HasExpression has) => has.Path.Length == 1 || has.Path.All(name => Identifiers.IsIdentifier(name));

    private void AppendAttribute(string name)
    {
        if (Identifiers.IsIdentifier(name)) text.Append('.').Append(name);
        else text.Append('[').AppendQuoted(name).Append(']');
    }

    private void AppendPattern(Pattern pattern)
    {
        text.Append('"');
        for (var i = 0; i < pattern.Pieces.Length; i++)
        {
            if (i > 0) text.Append('*');
            var literals = pattern.Pieces[i].Split('*');
            for (var j = 0; j < literals.Length; j++) (j == 0 ? text : text.Append("\\*")).AppendEscaped(literals[j]);
        }

        text.Append('"');
    }

    private void AppendCall(CallExpression call)
    {
        if (!call.Function.IsMethod || call.Arguments.IsEmpty)
        {
            text.Append(call.Function.Name);
            AppendList('(', call.Arguments, ')');
            return;
        }

        Append(call.Arguments[0], Level.Member);
        text.Append('.').Append(call.Function.Name);
        AppendList('(', [.. call.Arguments.Skip(1)], ')');
    }

    private void AppendRecord(RecordExpression record)
    {
        text.Append('{');
        for (var i = 0; i < record.Fields.Length; i++)
        {
            if (i > 0) text.Append(", ");
            var (name, value) = record.Fields[i];
            if (Identifiers.IsIdentifier(name)) text.Append(name);
            else text.AppendQuoted(name);
            Append(value, ": ");
        }

        text.Append('}');
    }

    private void AppendList(char open, IReadOnlyList<Expression> elements, char close)
    {
        text.Append(open);
        for (var i = 0; i < elements.Count; i++) Append(elements[i], i == 0 ? "" : ", ");
        text.Append(close);
    }
}
