using RestateCloud.Cedar.Syntax;
using RestateCloud.Cedar.Values;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Checks values against types. Faults begin with the path of the value at fault.</summary>
internal sealed class ValueConformance(SchemaModel schema)
{
    /// <summary>Why a value is not of a type, or null where it is.</summary>
    public string? FindFault(in CedarValue value, SchemaType type, string path)
    {
        if (value.Kind != type.Kind) return $"{path} is {KindNames.Of(value.Kind)}, and should be of type {type}";
        return type switch
        {
            EntityReferenceType reference when value.AsEntity!.Type != reference.Name =>
                $"{path} is {value}, and should be an entity of type {reference.Name}",
            EntityReferenceType => FindFault(value.AsEntity!, path),
            SetType set => FindFault(value.AsSet!, set, path),
            RecordType record => FindFault(value.AsRecord!, record, path),
            _ => null,
        };
    }

    /// <summary>Why a record is not of a type, or null where it is.</summary>
    public string? FindFault(RecordValue record, RecordType type, string path)
    {
        foreach (var name in type.Names)
            if (type[name].Required && !record.Contains(name)) return $"{path} lacks the attribute {Quoted(name)}";

        for (var i = 0; i < record.Count; i++)
        {
            var name = record.Names[i];
            if (type.Find(name) is not { } attribute)
                return $"{path} has the attribute {Quoted(name)}, which is not declared{Suggestion.For(name, type.Names)}";
            if (FindFault(record.Values[i], attribute.Type, $"{path}.{name}") is { } fault) return fault;
        }

        return null;
    }

    /// <summary>Why there can be no such entity: its type has other ids only, or it is an action that is not declared.</summary>
    public string? FindFault(EntityUid uid, string path)
    {
        if (uid.IsAction) return schema.FindAction(uid) is null ? $"{path} is {uid}, which is no declared action" : null;
        return schema.FindEntityType(uid.Type)?.Ids is { } ids && !ids.Contains(uid.Id)
            ? $"{path} is {uid}, and the ids of {uid.Type} are {Ids(ids)}"
            : null;
    }

    public static string Ids(IEnumerable<string> ids)
    {
        const int shown = 10;
        var first = ids.Take(shown + 1).ToArray();
        return string.Join(", ", first.Take(shown).Select(StringLiterals.Quote)) + (first.Length > shown ? ", …" : "");
    }

    private string? FindFault(SetValue set, SetType type, string path)
    {
        foreach (ref readonly var element in set.Elements)
            if (FindFault(element, type.Element, $"an element of {path}") is { } fault) return fault;
        return null;
    }

    private static string Quoted(string name) => StringLiterals.Quote(name);
}
