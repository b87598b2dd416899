using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Differential;

/// <summary>Writes policies and templates, with comments and odd spacing here and there.</summary>
internal sealed class PolicyGenerator(Choices choices)
{
    private readonly ExpressionGenerator _expressions = new(choices);
    private readonly LiteralGenerator _literals = new(choices);

    public (string Text, bool IsTemplate) Policy()
    {
        var template = choices.Once(4);
        var principal = Scope("principal", template);
        var resource = Scope("resource", template && choices.Once(2));
        var isTemplate = principal.Contains('?') || resource.Contains('?');
        var conditions = string.Concat(choices.Some(3, () => $"{Gap()}{choices.Of("when", "unless")} {{{_expressions.Condition()}}}"));
        var annotations = string.Concat(choices.Once(3) ? Distinct(choices.Some(3, Annotation)) : []);
        return ($"{annotations}{Gap()}{choices.Of("permit", "permit", "forbid")}({principal},{Gap()}{Action()}, {resource}{(choices.Once(10) ? "," : "")}){conditions};", isTemplate);
    }

    /// <summary>Twice the same annotation is an error, so that stays rare.</summary>
    private IEnumerable<string> Distinct(List<string> annotations) =>
        choices.Once(20) ? annotations : annotations.DistinctBy(annotation => annotation.Split('(', ' ')[0]);

    private string Annotation() =>
        $"@{choices.Of("id", "a", "if", "permit", "_1", "__cedar", "b", "c")}{choices.Mostly<string>(["", "(\"x\")", "(\"\")", "( \"\\u{1F600}\\\"\" )"], ["(\"\\q\")", "(1)"])} ";

    private string Scope(string variable, bool slot)
    {
        var entity = slot ? choices.Of($"?{variable}", $"(?{variable})") : choices.Of(_literals.Entity(), $"({_literals.Entity()})");
        if (choices.Once(300)) return $"{variable} {choices.Of("= User::\"a\"", ": User", "in [User::\"a\"]", "== ?action", "== User", "in User::\"a\" is User", "is User == User::\"a\"", "> User::\"a\"", "in ?other", "== \"a\"")}";
        return variable + (slot ? choices.Of($" == {entity}", $" in {entity}", $" is User in {entity}") : choices.Below(14) switch
        {
            < 10 => "",
            10 => $" == {entity}",
            11 => $" in {entity}",
            12 => $" is {_literals.Type()}",
            _ => $" is {_literals.Type()} in {entity}",
        });
    }

    private string Action() => "action" + choices.Mostly<string>(
        ["", "", "", "", "", "", "", " == Action::\"a\"", " in Action::\"g\"", " in [Action::\"a\", Action::\"g\",]", " in []", " in [Action::\"a\", Action::\"a\"]",
            " == App::Action::\"a\"", " in ([(Action::\"b\"), Action::\"a\"])"],
        [" == User::\"a\"", " is Action", " in [[Action::\"a\"]]", " == ?action"]);

    private string Gap() => choices.Of("", " ", "\n", "// comment\n", "\r\n\t", " // é \"\n ", "//\r");
}
