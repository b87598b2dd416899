using System.Text;
using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>Writes a planned schema in the Cedar syntax, with annotations, comments and the optional parts of the grammar here and there.</summary>
internal sealed class CedarSchemaWriter(SchemaPlan plan, Choices choices)
{
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var space in plan.Namespaces)
        {
            if (space.Length > 0) text.Append($"{Annotation()}namespace {space} {{\n");
            foreach (var common in plan.Commons.Where(common => SchemaPlan.SpaceOf(common.Name) == space))
                text.Append($"{Annotation()}type {SchemaPlan.BaseOf(common.Name)} = {Type(common.Type, space)};\n");
            foreach (var entity in plan.Entities.Where(entity => SchemaPlan.SpaceOf(entity.Name) == space)) text.Append(Entity(entity, space));
            foreach (var action in plan.Actions.Where(action => action.Space == space)) text.Append(Action(action));
            if (space.Length > 0) text.Append("}\n");
        }

        return text.ToString();
    }

    private string Entity(PlanEntity entity, string space)
    {
        var name = SchemaPlan.BaseOf(entity.Name);
        if (entity.Ids is not null) return $"entity {name} enum [{string.Join(", ", entity.Ids.Select(id => $"\"{id}\""))}];\n";
        var parents = entity.Parents switch
        {
            [] => choices.Of("", "", " in []"),
            [var only] => $" in {choices.Of(Name(only, space), $"[{Name(only, space)}]")}",
            _ => $" in [{string.Join(", ", entity.Parents.Select(parent => Name(parent, space)))}]",
        };
        var shape = entity.Fields.Count == 0 ? choices.Of("", " {}", " = {}") : choices.Of(" ", " = ") + Record(entity.Fields, space);
        return $"{Annotation()}entity {name}{parents}{shape}{(entity.Tags is null ? "" : $" tags {Type(entity.Tags, space)}")};\n";
    }

    private string Action(PlanAction action)
    {
        var parents = action.Parents.Count == 0 ? "" : $" in [{string.Join(", ", action.Parents)}]";
        if (!action.Applies) return $"{Annotation()}action \"{action.Id}\"{parents}{choices.Of("", " attributes {}")};\n";
        var parts = new List<string> { $"principal: {Names(action.Principals, action.Space)}", $"resource: {Names(action.Resources, action.Space)}" };
        if (action.Context is { Fields: { } fields }) parts.Add($"context: {Record(fields, action.Space)}");
        else if (action.Context is { } common) parts.Insert(choices.Below(2), $"context: {Name(common.Name!, action.Space)}");
        return $"{Annotation()}action \"{action.Id}\"{parents} appliesTo {{{string.Join(", ", parts)}{choices.Of("", ",")}}};\n";
    }

    private string Names(IReadOnlyList<string> names, string space) =>
        names is [var only] && choices.Once(2) ? Name(only, space) : $"[{string.Join(", ", names.Select(name => Name(name, space)))}]";

    private string Type(PlanType type, string space) => type.Kind switch
    {
        "Entity" or "Common" => Name(type.Name!, space),
        "Set" => $"Set<{Type(type.Element!, space)}>",
        "Record" => Record(type.Fields!, space),
        _ => choices.Once(6) ? $"__cedar::{type.Kind}" : type.Kind,
    };

    private string Record(IReadOnlyList<PlanField> fields, string space) =>
        $"{{{string.Join(", ", fields.Select(field => $"{Annotation()}{FieldName(field.Name)}{(field.Required ? "" : "?")}: {Type(field.Type, space)}"))}{(fields.Count > 0 ? choices.Of("", ",") : "")}}}";

    private string FieldName(string name) => name is "e f" or "if" || choices.Once(4) ? $"\"{name}\"" : name;

    /// <summary>The name of something in the same namespace may be written short.</summary>
    private string Name(string name, string space) =>
        space.Length > 0 && SchemaPlan.SpaceOf(name) == space && choices.Below(3) > 0 ? SchemaPlan.BaseOf(name) : name;

    private string Annotation() => choices.Once(12) ? choices.Of("@doc(\"x\") ", "@if ", "// comment\n", "@a @b(\"\") ") : "";
}
