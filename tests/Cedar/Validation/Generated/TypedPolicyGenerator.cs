using RestateCloud.Cedar.Tests.Oracle;

namespace RestateCloud.Cedar.Tests.Validation.Generated;

/// <summary>Writes policies and templates for a planned schema.</summary>
internal sealed class TypedPolicyGenerator(Choices choices, SchemaPlan plan)
{
    public (string Text, bool IsTemplate) Policy()
    {
        var action = Action();
        var (principal, resource) = (choices.Of<string>([.. action.Principals]), choices.Of<string>([.. action.Resources]));
        var expressions = new TypedExpressionGenerator(choices, plan, new PlanScope(plan, action, principal, resource));
        var template = choices.Once(4);
        var principals = Scope("principal", principal, template);
        var resources = Scope("resource", resource, template && choices.Once(2));
        var conditions = string.Concat(choices.Some(3, () => $" {choices.Of("when", "when", "unless")} {{{expressions.Condition()}}}"));
        return ($"{choices.Of("permit", "forbid")}({principals}, {ActionScope(action)}, {resources}){conditions};",
            principals.Contains('?', StringComparison.Ordinal) || resources.Contains('?', StringComparison.Ordinal));
    }

    public PlanAction Action()
    {
        PlanAction[] applicable = [.. plan.Actions.Where(action => action.Applies)];
        return applicable.Length == 0 ? new PlanAction("", "view", [], [plan.Entities[0].Name], [plan.Entities[0].Name], null) : choices.Of<PlanAction>(applicable);
    }

    public string EntityOf(string type) =>
        $"{type}::\"{(plan.Entity(type)?.Ids is { } ids && !choices.Once(20) ? choices.Of<string>([.. ids]) : choices.Of("a", "b"))}\"";

    private string Scope(string variable, string type, bool slot)
    {
        if (choices.Once(40)) type = choices.Of(plan.Entities[choices.Below(plan.Entities.Count)].Name, "Nobody", "Action");
        var above = plan.Entity(type)?.Parents is { Count: > 0 } parents && choices.Once(2) ? choices.Of<string>([.. parents]) : type;
        var entity = slot ? $"?{variable}" : EntityOf(above);
        return variable + (slot ? choices.Of($" == {entity}", $" in {entity}", $" is {type} in {entity}") : choices.Below(12) switch
        {
            < 3 => "",
            < 7 => $" is {type}",
            7 => $" == {EntityOf(type)}",
            < 10 => $" in {entity}",
            _ => $" is {type} in {entity}",
        });
    }

    private string ActionScope(PlanAction action)
    {
        var uid = $"{action.Type}::\"{action.Id}\"";
        return "action" + choices.Mostly<string>(
            [$" == {uid}", $" == {uid}", $" in [{uid}]", "", $" in {uid}", action.Parents.Count > 0 ? $" in {Full(action.Parents[0], action)}" : ""],
            [" == Action::\"nothing\"", " in []", " in [Action::\"nothing\", Action::\"view\"]", " in Action::\"all\"", " == Action::\"a group\""]);
    }

    private string Full(string parent, PlanAction action)
    {
        if (parent[0] != '"') return parent;
        var id = parent[1..^1];
        return plan.Actions.Any(other => other.Id == id && other.Space == action.Space) ? $"{action.Type}::{parent}" : $"Action::{parent}";
    }
}
