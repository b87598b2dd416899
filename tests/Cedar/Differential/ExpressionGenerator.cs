using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>
/// Writes conditions, most of them of matching types so that evaluation gets somewhere, some of them not, and a few that are
/// no Cedar at all.
/// </summary>
internal sealed class ExpressionGenerator(Choices choices)
{
    private readonly LiteralGenerator _literals = new(choices);

    public string Condition() => Bool(choices.Below(5));

    private string Any(int depth) => choices.Below(10) switch
    {
        0 => Bool(depth),
        1 => Long(depth),
        2 => String(depth),
        3 => Entity(depth),
        4 => Set(depth),
        5 => Record(depth),
        6 => Ip(depth),
        7 => Decimal(depth),
        8 => DateTime(depth),
        _ => Duration(depth),
    };

    private string Bool(int depth)
    {
        if (choices.Once(400)) return _literals.Invalid();
        if (choices.Once(40)) return Any(depth - 1);
        if (depth <= 0) return choices.Of("true", "false", "true", Attribute("principal"), "context.flag", "principal == principal", "action in Action::\"g\"");
        return choices.Below(22) switch
        {
            0 => $"{Bool(depth - 1)} && {Bool(depth - 1)}",
            1 => $"{Bool(depth - 1)} || {Bool(depth - 1)}",
            2 => $"{choices.Of("!", "!!", "!!!", "!!!!")}{In(Bool(depth - 1))}",
            3 => $"{In(Any(depth - 1))} {Equality()} {In(Any(depth - 1))}",
            4 => $"{In(Long(depth - 1))} {Order()} {In(Long(depth - 1))}",
            5 => $"{In(DateTime(depth - 1))} {Order()} {In(DateTime(depth - 1))}",
            6 => $"{In(Duration(depth - 1))} {Order()} {In(Duration(depth - 1))}",
            7 => $"{In(Entity(depth - 1))} in {In(choices.Of(Entity(depth - 1), $"[{Entity(0)}, {Entity(0)}]", Any(depth - 1)))}",
            8 => $"{In(Entity(depth - 1))} is {_literals.Type()}",
            9 => $"{In(Entity(depth - 1))} is {_literals.Type()} in {In(Entity(depth - 1))}",
            10 => $"{In(choices.Of(Entity(depth - 1), Record(depth - 1), "context"))} has {_literals.HasPath()}",
            11 => $"{In(String(depth - 1))} like {_literals.Pattern()}",
            12 => $"{In(Set(depth - 1))}.{choices.Of("containsAll", "containsAny")}({Set(depth - 1)})",
            13 => $"{In(Set(depth - 1))}.contains({Any(depth - 1)})",
            14 => $"{In(Set(depth - 1))}.isEmpty()",
            15 => $"{In(Entity(depth - 1))}.hasTag({String(depth - 1)})",
            16 => $"{In(Ip(depth - 1))}.{choices.Of("isIpv4", "isIpv6", "isLoopback", "isMulticast")}({Extra(depth)})",
            17 => $"{In(Ip(depth - 1))}.isInRange({Ip(depth - 1)}{Extra(depth, ", ")})",
            18 => $"{In(Decimal(depth - 1))}.{choices.Of("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")}({Decimal(depth - 1)})",
            19 => $"(if {Bool(depth - 1)} then {Bool(depth - 1)} else {Bool(depth - 1)})",
            20 => $"{In(Any(depth - 1))} == {In(Any(depth - 1))}",
            _ => Attribute(Record(depth - 1)),
        };
    }

    private string Long(int depth) => depth <= 0 ? _literals.Long() : choices.Below(8) switch
    {
        0 => _literals.Long(),
        1 => $"{In(Long(depth - 1))} {choices.Of("+", "-", "*")} {In(Long(depth - 1))}",
        2 => $"{choices.Of("-", "--", "---", "----")}{In(Long(depth - 1))}",
        3 => $"{In(Duration(depth - 1))}.{choices.Of("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays")}()",
        4 => "context.n",
        5 => $"(if {Bool(depth - 1)} then {Long(depth - 1)} else {Any(depth - 1)})",
        6 => $"{Long(depth - 1)} * {Long(depth - 1)} - {Long(depth - 1)}",
        _ => Attribute("resource"),
    };

    private string String(int depth) => depth <= 0 ? _literals.String() : choices.Of(_literals.String(), Attribute("principal"), "context.s", Tag(depth));

    private string Entity(int depth) => depth <= 0
        ? choices.Of("principal", "action", "resource", _literals.Entity())
        : choices.Of(_literals.Entity(), "principal", "resource", Attribute("principal"), Attribute("context"), Tag(depth));

    private string Set(int depth) => depth <= 0
        ? choices.Of("[]", "[1]", "[true, false]", "context.set")
        : $"[{string.Join(", ", choices.Some(4, () => Any(depth - 1)))}{(choices.Once(8) ? "," : "")}]";

    private string Record(int depth) => depth <= 0
        ? choices.Of("{}", "context", "{a: 1}", "principal.r")
        : $"{{{string.Join(", ", Distinct(choices.Some(3, () => (Name: _literals.Key(), Value: Any(depth - 1)))))}}}";

    private IEnumerable<string> Distinct(List<(string Name, string Value)> fields) =>
        (choices.Once(100) ? fields : fields.DistinctBy(field => field.Name.Trim('"'))).Select(field => $"{field.Name}: {field.Value}");

    private string Ip(int depth) => depth > 0 && choices.Once(6) ? Attribute("context") : $"ip({_literals.Ip()}{Extra(depth, ", ")})";

    private string Decimal(int depth) => depth > 0 && choices.Once(6) ? "context.d" : $"decimal({_literals.Decimal()})";

    private string DateTime(int depth) => depth <= 0 ? $"datetime({_literals.DateTime()})" : choices.Below(4) switch
    {
        0 => $"datetime({_literals.DateTime()})",
        1 => $"{In(DateTime(depth - 1))}.offset({Duration(depth - 1)})",
        2 => $"{In(DateTime(depth - 1))}.toDate()",
        _ => "context.t",
    };

    private string Duration(int depth) => depth <= 0 ? $"duration({_literals.Duration()})" : choices.Below(3) switch
    {
        0 => $"duration({_literals.Duration()})",
        1 => $"{In(DateTime(depth - 1))}.durationSince({DateTime(depth - 1)})",
        _ => $"{In(DateTime(depth - 1))}.toTime()",
    };

    private string Tag(int depth) => $"{In(Entity(depth - 1))}.getTag({String(depth - 1)})";

    private string Attribute(string owner) => _literals.Attribute(In(owner));

    /// <summary>A superfluous argument, rarely.</summary>
    private string Extra(int depth, string before = "") => choices.Once(40) ? before + Any(depth - 1) : "";

    private string Equality() => choices.Of("==", "!=", "==", "==");

    private string Order() => choices.Of("<", "<=", ">", ">=");

    /// <summary>In parentheses, save for rare cases in which the grammar decides what belongs together, or that it is an error.</summary>
    private string In(string expression) =>
        choices.Once(40) || !expression.AsSpan().ContainsAny(" -!") ? expression : $"({expression})";
}
