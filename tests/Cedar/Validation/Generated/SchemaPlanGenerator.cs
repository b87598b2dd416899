using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>Plans schemas with namespaces, common types, hierarchies, enumerations, tags and groups of actions; now and then one that must be refused.</summary>
internal sealed class SchemaPlanGenerator(Choices choices)
{
    private readonly List<PlanCommon> _commons = [];
    private string[] _entityNames = [];

    public SchemaPlan Plan()
    {
        _entityNames = [.. choices.Of<string[]>(
            ["User", "Doc"], ["User", "Group", "Doc"], ["App::User", "App::Group", "Doc"], ["User", "App::Doc", "App::Sub::Kind", "Color"],
            ["User", "Group", "String", "App::Color"], ["ipaddr", "App::Long", "Action2"])];
        if (choices.Once(40)) _entityNames = [.. _entityNames, choices.Of("App::User", "User", "Action", "App::Action", "__cedar", "Set", "App::String", "in")];
        var commons = choices.Below(4);
        for (var i = 0; i < commons; i++)
        {
            var name = choices.Of("", "App::") + "T" + i;
            _commons.Add(new PlanCommon(choices.Once(60) ? choices.Of("T0", "App::T0", "Bool", "Set", "User", "ipaddr", "Entity", "decimal") : name, Type(choices.Below(3))));
        }

        return new SchemaPlan(_commons, [.. _entityNames.Select(Entity)], Actions());
    }

    private PlanEntity Entity(string name)
    {
        if (name.EndsWith("Color", StringComparison.Ordinal)) return new PlanEntity(name, [], [], null, ["red", "green", "", "a b"]);
        return new PlanEntity(
            name,
            [.. choices.Some(2, EntityName).Distinct()],
            Fields(choices.Below(3)),
            choices.Once(2) ? Type(1) : null,
            null);
    }

    private List<PlanAction> Actions()
    {
        var actions = new List<PlanAction>();
        foreach (var id in (string[])["view", "edit", "a group", "all"])
        {
            if (id != "view" && choices.Once(3)) continue;
            var space = choices.Of("", "", "App");
            var group = id is "a group" or "all";
            var parents = choices.Some(2, () => group ? "all" : choices.Of("a group", "all")).Where(parent => parent != id || choices.Once(30)).Distinct()
                .Select(parent => actions.Find(action => action.Id == parent) is { Space: "App" } ? $"App::Action::\"{parent}\"" : $"\"{parent}\"");
            var applies = !group || choices.Once(4);
            actions.Insert(0, new PlanAction(
                space,
                id,
                [.. parents],
                applies ? Names() : [],
                applies ? Names() : [],
                !applies ? null : choices.Below(3) switch
                {
                    0 => null,
                    1 when _commons.Find(common => common.Type.Kind == "Record") is { } common => new PlanType("Common", common.Name),
                    _ => new PlanType("Record", Fields: Fields(2)),
                }));
        }

        // A parent that was left out is not declared, which refuses the schema; keep that rare.
        if (choices.Once(60)) return actions;
        return [.. actions.Select(action => action with { Parents = [.. action.Parents.Where(parent => actions.Exists(other => Refers(parent, action, other)))] })];
    }

    private static bool Refers(string parent, PlanAction from, PlanAction to) => parent.StartsWith("App", StringComparison.Ordinal)
        ? to.Space == "App" && parent == $"App::Action::\"{to.Id}\""
        : parent == $"\"{to.Id}\"" && (to.Space == from.Space || to.Space.Length == 0);

    private List<string> Names() => [.. choices.Some(2, EntityName).Append(EntityName()).Distinct()];

    private string EntityName() => choices.Once(300) ? "Nobody" : choices.Of<string>(_entityNames);

    private List<PlanField> Fields(int depth) =>
        [.. choices.Some(6, () => new PlanField(choices.Of("a", "b", "c", "d", "e f", "if", "entity"), Type(depth), choices.Below(2) == 0)).DistinctBy(field => field.Name)];

    private PlanType Type(int depth) => choices.Below(depth <= 0 ? 9 : 13) switch
    {
        0 => PlanType.Bool,
        1 => PlanType.Long,
        2 => PlanType.String,
        3 => new PlanType(choices.Of("ipaddr", "decimal", "datetime", "duration")),
        4 or 5 => new PlanType("Entity", EntityName()),
        6 or 7 when _commons.Count > 0 => new PlanType("Common", choices.Of<PlanCommon>([.. _commons]).Name),
        8 when choices.Once(20) => new PlanType("Common", choices.Of("T3", "Nothing", "__cedar::Long", "__cedar::Foo", "Action")),
        9 or 10 => new PlanType("Set", Element: Type(depth - 1)),
        11 or 12 => new PlanType("Record", Fields: Fields(depth - 1)),
        _ => PlanType.Long,
    };
}
