using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>Writes entities and requests as JSON that mostly conform to a planned schema, in the explicit and the short forms.</summary>
internal sealed class TypedDataGenerator(Choices choices, SchemaPlan plan)
{
    private const int FaultInterval = 120;

    public string Entities()
    {
        var entities = choices.Some(5, Entity).DistinctBy(entity => entity.Split("\"attrs\"")[0]).ToList();
        if (choices.Once(6)) entities.Add(Action());
        return $"[{string.Join(",", entities)}]";
    }

    public (string Principal, string Action, string Resource, string Context) Request(PlanAction action)
    {
        if (choices.Once(30)) action = action with { Id = choices.Of("edit", "nothing", "all") };
        return (
            Uid(Type(action.Principals)),
            $"{{\"type\":\"{action.Type}\",\"id\":\"{action.Id}\"}}",
            Uid(Type(action.Resources)),
            Value(action.Context ?? new PlanType("Record", Fields: [])));
    }

    private string Type(IReadOnlyList<string> types) =>
        choices.Once(20) ? choices.Of(plan.Entities[choices.Below(plan.Entities.Count)].Name, "Nobody") : choices.Of<string>([.. types]);

    private string Entity()
    {
        var entity = choices.Of<PlanEntity>([.. plan.Entities]);
        var parents = entity.Parents.Count == 0 ? [] : choices.Some(2, () => choices.Of<string>([.. entity.Parents]));
        if (choices.Once(30)) parents.Add(plan.Entities[choices.Below(plan.Entities.Count)].Name);
        var tags = entity.Tags is null
            ? choices.Once(60) ? ",\"tags\":{\"a\":1}" : ""
            : choices.Once(2) ? $",\"tags\":{{{string.Join(",", choices.Some(2, () => choices.Of("a", "b")).Distinct().Select(tag => $"\"{tag}\":{Value(entity.Tags)}"))}}}" : "";
        var id = choices.Of("a", "b");
        return $"{{\"uid\":{Uid(choices.Once(80) ? "Nobody" : entity.Name, id)},\"attrs\":{Record(entity.Fields)},\"parents\":[{string.Join(",", parents.Select(parent => Uid(parent, id == "a" ? "b" : "c")))}]{tags}}}";
    }

    private string Action()
    {
        var action = choices.Of<PlanAction>([.. plan.Actions]);
        var parents = choices.Some(2, () => choices.Of<PlanAction>([.. plan.Actions])).Where(parent => parent != action).Distinct();
        return $"{{\"uid\":{{\"type\":\"{action.Type}\",\"id\":\"{action.Id}\"}},\"attrs\":{{}},\"parents\":[{string.Join(",", parents.Select(parent => $"{{\"type\":\"{parent.Type}\",\"id\":\"{parent.Id}\"}}"))}]}}";
    }

    private string Uid(string type) => Uid(type, choices.Of("a", "b"));

    private string Uid(string type, string otherwise)
    {
        var id = plan.Entity(type)?.Ids is { } ids && !choices.Once(20) ? choices.Of<string>([.. ids]) : otherwise;
        return $"{{\"type\":\"{type}\",\"id\":\"{id}\"}}";
    }

    private string Value(PlanType type)
    {
        type = plan.Resolve(type);
        if (choices.Once(FaultInterval)) return choices.Of("1", "\"a\"", "null", "[]", "{}", "{\"type\":\"User\",\"id\":\"a\"}", "{\"__entity\":{\"type\":\"Action\",\"id\":\"nothing\"}}", "{\"__extn\":{\"fn\":\"ip\",\"arg\":\"::1\"}}");
        return type.Kind switch
        {
            "Bool" => choices.Of("true", "false"),
            "Long" => choices.Of("1", "0", "-1"),
            "String" => choices.Of("\"a\"", "\"\""),
            "ipaddr" => Extension("ip", choices.Mostly<string>(["\"10.0.0.1\""], ["\"10.0.0.256\"", "1"])),
            "decimal" => Extension("decimal", "\"1.5\""),
            "datetime" => choices.Once(4)
                ? "{\"__extn\":{\"fn\":\"offset\",\"args\":[{\"__extn\":{\"fn\":\"datetime\",\"arg\":\"2024-10-15\"}},{\"__extn\":{\"fn\":\"duration\",\"arg\":\"1h\"}}]}}"
                : Extension("datetime", "\"2024-10-15\""),
            "duration" => Extension("duration", "\"1h\""),
            "Set" => $"[{string.Join(",", choices.Some(3, () => Value(type.Element!)))}]",
            "Record" => Record(type.Fields!),
            _ => choices.Once(2) ? Uid(type.Name!) : $"{{\"__entity\":{Uid(type.Name!)}}}",
        };
    }

    private string Record(IReadOnlyList<PlanField> fields)
    {
        var given = fields.Where(field => field.Required ? !choices.Once(FaultInterval) : choices.Once(2)).Select(field => $"\"{field.Name}\":{Value(field.Type)}").ToList();
        if (choices.Once(FaultInterval)) given.Add("\"zz\":1");
        return $"{{{string.Join(",", given)}}}";
    }

    private string Extension(string function, string argument) => choices.Below(4) switch
    {
        0 => argument,
        1 => $"{{\"fn\":\"{function}\",\"arg\":{argument}}}",
        2 => $"{{\"__extn\":{{\"fn\":\"{function}\",\"args\":[{argument}]}}}}",
        _ => $"{{\"__extn\":{{\"fn\":\"{function}\",\"arg\":{argument}}}}}",
    };
}
