using System.Text.Json;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar.Json;

/// <summary>Writes policies in the JSON policy format (EST).</summary>
internal static class PolicyJsonWriter
{
    public static string Write(PolicyBody body) => JsonOutput.Write(writer => Write(writer, body), PolicyJsonFormat.MaxDepth);

    public static void Write(Utf8JsonWriter writer, PolicyBody body)
    {
        writer.WriteStartObject();
        writer.WriteString("effect", body.Effect == Effect.Permit ? "permit" : "forbid");
        WriteScope(writer, "principal", body.Principal);
        WriteScope(writer, "action", body.Action);
        WriteScope(writer, "resource", body.Resource);
        writer.WriteStartArray("conditions");
        foreach (var condition in body.Conditions)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", condition.Negated ? "unless" : "when");
            writer.WritePropertyName("body");
            ExpressionJsonWriter.Write(writer, condition.Body);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (!body.Annotations.IsEmpty)
        {
            writer.WriteStartObject("annotations");
            foreach (var (name, value) in body.Annotations) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter writer, string variable, ScopeConstraint constraint)
    {
        writer.WriteStartObject(variable);
        switch (constraint)
        {
            case EqualScope equal:
                writer.WriteString("op", "==");
                WriteEntity(writer, equal.Entity, variable);
                break;
            case InScope within:
                writer.WriteString("op", "in");
                WriteEntity(writer, within.Entity, variable);
                break;
            case InAnyScope { Entities: [var only] }:
                writer.WriteString("op", "in");
                WriteEntity(writer, new EntityOrSlot(only), variable);
                break;
            case InAnyScope any:
                writer.WriteString("op", "in");
                writer.WriteStartArray("entities");
                foreach (var uid in any.Entities) JsonOutput.WriteUid(writer, uid);
                writer.WriteEndArray();
                break;
            case IsScope type:
                writer.WriteString("op", "is");
                writer.WriteString("entity_type", type.EntityType);
                break;
            case IsInScope both:
                writer.WriteString("op", "is");
                writer.WriteString("entity_type", both.EntityType);
                writer.WriteStartObject("in");
                WriteEntity(writer, both.Entity, variable);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("op", "All");
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter writer, EntityOrSlot entity, string variable)
    {
        if (entity.Entity is { } uid)
        {
            writer.WritePropertyName("entity");
            JsonOutput.WriteUid(writer, uid);
        }
        else
        {
            writer.WriteString("slot", "?" + variable);
        }
    }
}
