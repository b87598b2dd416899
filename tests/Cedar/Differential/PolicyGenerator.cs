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
        var annotations = string.Concat(choices.Some(2, Annotation));
        return ($"{annotations}{Gap()}{choices.Of("permit", "forbid")}({principal},{Gap()}{Action()}, {resource}{(choices.Once(10) ? "," : "")}){conditions};", isTemplate);
    }

    private string Annotation() =>
        $"@{choices.Of("id", "a", "if", "permit", "_1", "__cedar")}{choices.Of("", "(\"x\")", "(\"\")", "( \"\\u{1F600}\\\"\" )", "(\"\\q\")", "(1)")} ";

    private string Scope(string variable, bool slot)
    {
        var entity = slot ? choices.Of($"?{variable}", $"(?{variable})") : choices.Of(_literals.Entity(), $"({_literals.Entity()})");
        if (choices.Once(60)) return $"{variable} {choices.Of("= User::\"a\"", ": User", "in [User::\"a\"]", "== ?action", "== User", "in User::\"a\" is User", "is User == User::\"a\"", "> User::\"a\"", "in ?other", "== \"a\"")}";
        return variable + (slot ? choices.Of($" == {entity}", $" in {entity}", $" is User in {entity}") : choices.Below(6) switch
        {
            0 or 1 => "",
            2 => $" == {entity}",
            3 => $" in {entity}",
            4 => $" is {_literals.Type()}",
            _ => $" is {_literals.Type()} in {entity}",
        });
    }

    private string Action() => "action" + choices.Of(
        "", " == Action::\"a\"", " in Action::\"g\"", " in [Action::\"a\", Action::\"g\",]", " in []", " in [Action::\"a\", Action::\"a\"]", " == App::Action::\"a\"",
        " in ([(Action::\"b\")])", " == User::\"a\"", " is Action", " in [[Action::\"a\"]]", " == ?action");

    private string Gap() => choices.Of("", " ", "\n", "// comment\n", "\r\n\t", " // é \"\n ", "//\r");
}
