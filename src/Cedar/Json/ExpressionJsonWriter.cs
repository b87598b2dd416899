using System.Text.Json;
using RestateCloud.Cedar.Expressions;

namespace RestateCloud.Cedar.Json;

/// <summary>Writes expressions in the JSON policy format.</summary>
internal static class ExpressionJsonWriter
{
    public static void Write(Utf8JsonWriter writer, Expression expression)
    {
        writer.WriteStartObject();
        switch (expression)
        {
            case LiteralExpression literal:
                writer.WritePropertyName(PolicyJsonFormat.Value);
                WriteLiteral(writer, literal.Value);
                break;
            case VariableExpression variable:
                writer.WriteString(PolicyJsonFormat.Variable, VariableNames.Name(variable.Variable));
                break;
            case IfExpression choice:
                writer.WriteStartObject(PolicyJsonFormat.If);
                WriteNamed(writer, "if", choice.Condition);
                WriteNamed(writer, "then", choice.Then);
                WriteNamed(writer, "else", choice.Else);
                writer.WriteEndObject();
                break;
            case UnaryExpression unary:
                writer.WriteStartObject(UnaryName(unary.Operator));
                WriteNamed(writer, "arg", unary.Operand);
                writer.WriteEndObject();
                break;
            case BinaryExpression binary:
                writer.WriteStartObject(OperatorNames.Name(binary.Operator));
                WriteNamed(writer, "left", binary.Left);
                WriteNamed(writer, "right", binary.Right);
                writer.WriteEndObject();
                break;
            case AttributeExpression attribute:
                writer.WriteStartObject(PolicyJsonFormat.Attribute);
                WriteNamed(writer, "left", attribute.Target);
                writer.WriteString("attr", attribute.Name);
                writer.WriteEndObject();
                break;
            case HasExpression has:
                WriteHas(writer, has);
                break;
            case LikeExpression like:
                WriteLike(writer, like);
                break;
            case IsExpression type:
                writer.WriteStartObject(PolicyJsonFormat.Is);
                WriteNamed(writer, "left", type.Target);
                writer.WriteString("entity_type", type.EntityType);
                if (type.In is not null) WriteNamed(writer, "in", type.In);
                writer.WriteEndObject();
                break;
            case SetExpression set:
                WriteList(writer, PolicyJsonFormat.Set, set.Elements);
                break;
            case RecordExpression record:
                writer.WriteStartObject(PolicyJsonFormat.Record);
                foreach (var (name, value) in record.Fields) WriteNamed(writer, name, value);
                writer.WriteEndObject();
                break;
            case CallExpression call:
                WriteList(writer, call.Function.Name, call.Arguments);
                break;
        }

        writer.WriteEndObject();
    }

    public static string UnaryName(UnaryOperator op) => op switch
    {
        UnaryOperator.Not => PolicyJsonFormat.Not,
        UnaryOperator.Negate => PolicyJsonFormat.Negate,
        _ => Methods.IsEmpty,
    };

    private static void WriteNamed(Utf8JsonWriter writer, string name, Expression expression)
    {
        writer.WritePropertyName(name);
        Write(writer, expression);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<Expression> elements)
    {
        writer.WriteStartArray(name);
        foreach (var element in elements) Write(writer, element);
        writer.WriteEndArray();
    }

    private static void WriteLiteral(Utf8JsonWriter writer, CedarValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                writer.WriteBooleanValue(value.IsTrue);
                break;
            case ValueKind.Long:
                writer.WriteNumberValue(value.Bits);
                break;
            case ValueKind.String:
                writer.WriteStringValue(value.AsString);
                break;
            default:
                writer.WriteStartObject();
                writer.WritePropertyName("__entity");
                JsonOutput.WriteUid(writer, value.AsEntity!);
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteHas(Utf8JsonWriter writer, HasExpression has)
    {
        writer.WriteStartObject(PolicyJsonFormat.Has);
        WriteNamed(writer, "left", has.Target);
        if (has.Path is [var only])
        {
            writer.WriteString("attr", only);
        }
        else
        {
            writer.WriteStartArray("attr");
            foreach (var name in has.Path) writer.WriteStringValue(name);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>One literal a character, as the reference writes them.</summary>
    private static void WriteLike(Utf8JsonWriter writer, LikeExpression like)
    {
        writer.WriteStartObject(PolicyJsonFormat.Like);
        WriteNamed(writer, "left", like.Target);
        writer.WriteStartArray("pattern");
        for (var i = 0; i < like.Pattern.Pieces.Length; i++)
        {
            if (i > 0) writer.WriteStringValue(PolicyJsonFormat.Wildcard);
            foreach (var rune in like.Pattern.Pieces[i].EnumerateRunes())
            {
                writer.WriteStartObject();
                writer.WriteString(PolicyJsonFormat.Literal, rune.ToString());
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
