using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>
/// Writes conditions that mostly have the types they should in one kind of request, with attributes that may be absent mostly
/// guarded; one fault is enough to make a policy invalid, so that each kind is rare.
/// </summary>
internal sealed class TypedExpressionGenerator(Choices choices, SchemaPlan plan, PlanScope scope)
{
    private const int FaultInterval = 150;

    private List<string> _guards = [];

    public string Condition() => Bool(choices.Below(5));

    /// <summary>A boolean; what it reads is asked for before.</summary>
    private string Bool(int depth)
    {
        if (choices.Once(FaultInterval)) return Of(AnyType(1), depth - 1);
        var outer = _guards;
        _guards = [];
        var text = depth <= 0 ? Leaf() : Branch(depth);
        var guards = _guards.Distinct().ToList();
        _guards = outer;
        if (guards.Count == 0 || choices.Once(30)) return text;
        return choices.Below(8) switch
        {
            0 => $"(if {string.Join(" && ", guards)} then ({text}) else {choices.Of("false", "true")})",
            1 => $"(!({string.Join(" && ", guards)}) || {text})",
            2 => $"(({string.Join(" && ", guards)}) && ({text}))",
            _ => $"({string.Join(" && ", guards)} && ({text}))",
        };
    }

    private string Leaf() => choices.Below(8) switch
    {
        0 => choices.Of("true", "false"),
        1 => $"(principal == {EntityOf(scope.Principal)})",
        2 => $"(action {choices.Of("==", "in")} {ActionLiteral()})",
        3 => $"({choices.Of("principal", "resource")} is {TypeName()})",
        4 => Has(),
        5 => $"(resource in {EntityLiteral()})",
        _ => Path(PlanType.Bool) ?? "true",
    };

    private string Branch(int depth) => choices.Below(24) switch
    {
        0 or 1 => $"({Bool(depth - 1)} && {Bool(depth - 1)})",
        2 or 3 => $"({Bool(depth - 1)} || {Bool(depth - 1)})",
        4 => $"!({Bool(depth - 1)})",
        5 => $"(if {Bool(depth - 1)} then {Bool(depth - 1)} else {Bool(depth - 1)})",
        6 or 7 => Equality(depth),
        8 => $"({Of(PlanType.Long, depth - 1)} {Order()} {Of(PlanType.Long, depth - 1)})",
        9 => $"({Of(Extension("datetime"), depth - 1)} {Order()} {Of(Extension("datetime"), depth - 1)})",
        10 => $"({Of(Extension("duration"), depth - 1)} {Order()} {Of(Extension("duration"), depth - 1)})",
        11 => $"({Entity(depth)} in {choices.Of(Entity(depth), $"[{Entity(depth)}, {EntityLiteral()}]", SetOfEntities(depth))})",
        12 => $"({Entity(depth)} is {TypeName()}{(choices.Once(2) ? $" in {Entity(depth)}" : "")})",
        13 => $"({Of(PlanType.String, depth - 1)} like \"a*\")",
        14 => Contains(depth),
        15 => Many(depth),
        16 => $"{Of(new PlanType("Set", Element: AnyType(0)), depth - 1)}.isEmpty()",
        17 => Tags(depth),
        18 => $"{Of(Extension("ipaddr"), depth - 1)}.{choices.Of("isIpv4", "isLoopback")}()",
        19 => $"{Of(Extension("ipaddr"), depth - 1)}.isInRange({Of(Extension("ipaddr"), depth - 1)})",
        20 => $"{Of(Extension("decimal"), depth - 1)}.{choices.Of("lessThan", "greaterThanOrEqual")}({Of(Extension("decimal"), depth - 1)})",
        21 => Has(),
        22 => $"{{a: {Bool(depth - 1)}, b: 1}}.a",
        _ => Leaf(),
    };

    private string Of(PlanType type, int depth)
    {
        if (choices.Once(FaultInterval)) type = AnyType(1);
        type = plan.Resolve(type);
        if (type.Kind == "Bool") return Bool(depth - 1);
        if (choices.Below(3) > 0 && Path(type) is { } path) return path;
        if (depth > 0 && choices.Once(8)) return $"(if {Bool(depth - 1)} then {Of(type, depth - 1)} else {Of(type, depth - 1)})";
        return type.Kind switch
        {
            "Long" => depth <= 0 ? choices.Of("1", "0", "-1") : choices.Below(5) switch
            {
                0 => $"({Of(type, depth - 1)} {choices.Of("+", "-", "*")} {Of(type, depth - 1)})",
                1 => $"-({Of(type, depth - 1)})",
                2 => $"{Of(Extension("duration"), depth - 1)}.toSeconds()",
                _ => "1",
            },
            "String" => choices.Of("\"a\"", "\"\"", "\"b\""),
            "ipaddr" => choices.Mostly<string>(["ip(\"10.0.0.1\")", "ip(\"::1/64\")"], ["ip(\"10.0.0.256\")", "ip()", "ip(1)", "ip(if true then \"::1\" else \"::2\")"]),
            "decimal" => choices.Mostly<string>(["decimal(\"1.5\")", "decimal(\"-0.0001\")"], ["decimal(\"1.23456\")", "decimal(\"1.0\", \"1.0\")", "decimal(context.a)"]),
            "datetime" => depth > 0 && choices.Once(3)
                ? $"{Of(type, depth - 1)}.{choices.Of("toDate()", $"offset({Of(Extension("duration"), depth - 1)})")}"
                : choices.Mostly<string>(["datetime(\"2024-10-15\")"], ["datetime(\"2024-02-30\")"]),
            "duration" => depth > 0 && choices.Once(3)
                ? choices.Of($"{Of(Extension("datetime"), depth - 1)}.toTime()", $"{Of(Extension("datetime"), depth - 1)}.durationSince({Of(Extension("datetime"), depth - 1)})")
                : choices.Mostly<string>(["duration(\"1h\")"], ["duration(\"1h1d\")"]),
            "Set" => choices.Once(80) ? "[]" : $"[{string.Join(", ", choices.Some(2, () => Of(type.Element!, depth - 1)).Append(Of(type.Element!, depth - 1)))}]",
            "Record" => $"{{{string.Join(", ", type.Fields!.Where(field => field.Required || choices.Once(2)).Select(field => $"\"{field.Name}\": {Of(field.Type, depth - 1)}"))}}}",
            "Entity" => EntityOf(type.Name!),
            _ => "1",
        };
    }

    /// <summary>Reads an attribute of this type, if there is one.</summary>
    private string? Path(PlanType type)
    {
        PlanPath[] paths = [.. scope.Paths.Where(path => path.Type.IsSame(type))];
        if (paths.Length == 0) return null;
        var path = choices.Of<PlanPath>(paths);
        if (!choices.Once(25)) _guards.AddRange(path.Guards);
        return path.Text;
    }

    private string Has()
    {
        var path = choices.Of<PlanPath>([.. scope.Paths]);
        if (!choices.Once(25)) _guards.AddRange(path.Guards);
        var name = choices.Of("a", "b", "c", "d", "\"e f\"", "\"if\"", "entity", "a.b", "b.c.d", "c.a", "nothing");
        return $"({path.Text} has {name})";
    }

    private string Equality(int depth)
    {
        var type = choices.Once(2) ? scope.Paths[choices.Below(scope.Paths.Count)].Type : AnyType(1);
        return $"({Of(type, depth - 1)} {choices.Of("==", "!=")} {Of(type, depth - 1)})";
    }

    private string Contains(int depth)
    {
        var element = AnyType(0);
        return $"{Of(new PlanType("Set", Element: element), depth - 1)}.contains({Of(element, depth - 1)})";
    }

    private string Many(int depth)
    {
        var type = new PlanType("Set", Element: AnyType(0));
        return $"{Of(type, depth - 1)}.{choices.Of("containsAll", "containsAny")}({Of(type, depth - 1)})";
    }

    private string SetOfEntities(int depth) => Of(new PlanType("Set", Element: new PlanType("Entity", AnyEntityType())), depth - 1);

    private string Entity(int depth) => choices.Below(6) switch
    {
        0 or 1 => choices.Of("principal", "resource"),
        2 => "action",
        3 => EntityLiteral(),
        4 => ActionLiteral(),
        _ => Of(new PlanType("Entity", AnyEntityType()), depth - 1),
    };

    private string Tags(int depth)
    {
        PlanPath[] tagged = [.. scope.Paths.Where(path => path.Type.Kind == "Entity" && plan.Entity(path.Type.Name!)?.Tags is not null)];
        if (tagged.Length == 0 || choices.Once(20)) return $"{Entity(depth)}.hasTag({Of(PlanType.String, depth - 1)})";
        var path = choices.Of<PlanPath>(tagged);
        if (!choices.Once(25)) _guards.AddRange(path.Guards);
        var tag = choices.Of("\"a\"", "\"b\"", Path(PlanType.String) ?? "\"a\"");
        if (!choices.Once(20)) _guards.Add($"{path.Text}.hasTag({tag})");
        var type = plan.Entity(path.Type.Name!)!.Tags!;
        return $"({path.Text}.getTag({(choices.Once(30) ? "\"c\"" : tag)}) == {Of(type, depth - 1)})";
    }

    private PlanType AnyType(int depth) => choices.Below(depth <= 0 ? 6 : 8) switch
    {
        0 => PlanType.Long,
        1 => PlanType.String,
        2 => PlanType.Bool,
        3 => Extension(choices.Of("ipaddr", "decimal", "datetime", "duration")),
        4 or 5 => new PlanType("Entity", AnyEntityType()),
        6 => new PlanType("Set", Element: AnyType(depth - 1)),
        _ => new PlanType("Record", Fields: [new PlanField("a", AnyType(depth - 1), true)]),
    };

    private static PlanType Extension(string name) => new(name);

    private string AnyEntityType() => choices.Of<PlanEntity>([.. plan.Entities]).Name;

    private string TypeName() => choices.Once(FaultInterval) ? choices.Of("Nobody", "Usr", "Action", "App::Action") : AnyEntityType();

    private string EntityLiteral() => EntityOf(AnyEntityType());

    private string EntityOf(string type)
    {
        if (choices.Once(FaultInterval)) return choices.Of("Nobody::\"a\"", "App::Usr::\"a\"");
        return $"{type}::\"{(plan.Entity(type)?.Ids is { } ids && !choices.Once(30) ? choices.Of<string>([.. ids]) : choices.Of("a", "b"))}\"";
    }

    private string ActionLiteral()
    {
        if (choices.Once(FaultInterval) || plan.Actions.Count == 0) return "Action::\"nothing\"";
        var action = choices.Once(3) ? scope.Action : choices.Of<PlanAction>([.. plan.Actions]);
        return $"{action.Type}::\"{action.Id}\"";
    }

    private string Order() => choices.Of("<", "<=", ">", ">=");
}
