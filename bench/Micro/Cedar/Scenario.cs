using System.Text;
using System.Text.Json;
using RestateCloud.Cedar;

namespace RestateCloud.Micro.Cedar;

/// <summary>A policy set, a store and a request, as text for others and read for us.</summary>
internal sealed record Scenario(int PolicyCount, int EntityCount, string PolicyText, string EntitiesJson, string RequestJson)
{
    public PolicySet Policies { get; } = PolicySet.Parse(PolicyText);

    public Entities Entities { get; } = Entities.Parse(EntitiesJson);

    public Request Request { get; } = Request.Parse(RequestJson);

    /// <summary>The decision as the reference spells it.</summary>
    public string Decision => Authorizer.IsAllowed(Request, Entities, Policies) ? "allow" : "deny";

    /// <summary>
    /// Each policy lets a group view and edit a folder, with a condition. Users are in three groups, documents in one
    /// folder, so that of many policies few can match.
    /// </summary>
    public static Scenario RoleBased(int policies, int entities)
    {
        var text = new StringBuilder();
        for (var i = 0; i < policies; i++)
        {
            text.Append($"permit(principal in Group::\"g{i}\", action in [Action::\"view\", Action::\"edit\"], resource in Folder::\"f{i % 97}\")\n");
            text.Append("when { resource.owner == principal || (context.mfa && principal.level >= resource.level) };\n");
        }

        var all = new List<object>();
        for (var i = 0; i < entities / 2; i++)
        {
            string[] groups = [$"g{i * 7 % policies}", $"g{i * 13 % policies}", $"g{(i * 29 + 1) % policies}"];
            all.Add(Entity("User", $"u{i}", new { level = i % 10 }, groups.Distinct().Select(group => Uid("Group", group))));
            all.Add(Entity("Document", $"d{i}", new { level = i % 7, owner = new { __entity = Uid("User", $"u{i + 1}") } }, [Uid("Folder", $"f{i * 7 % policies % 97}")]));
        }

        var request = new { principal = Uid("User", "u3"), action = Uid("Action", "view"), resource = Uid("Document", "d3"), context = new { mfa = true } };
        return new Scenario(policies, entities, text.ToString(), JsonSerializer.Serialize(all), JsonSerializer.Serialize(request));
    }

    /// <summary>A key's role in an environment, as the gateway asks: names only, no attributes, no context.</summary>
    public static Scenario Gateway() => new(
        12,
        0,
        string.Concat(Enumerable.Range(0, 10).Select(i =>
            $"permit(principal == Key::\"key{i}\", action in [Action::\"invoke\", Action::\"read\"], resource == Environment::\"env{i}\");\n"))
            + "permit(principal is Admin, action, resource);\nforbid(principal, action == Action::\"invoke\", resource == Environment::\"suspended\");",
        "[]",
        """{"principal":{"type":"Key","id":"key7"},"action":{"type":"Action","id":"invoke"},"resource":{"type":"Environment","id":"env7"}}""");

    private static object Uid(string type, string id) => new { type, id };

    private static object Entity(string type, string id, object attrs, IEnumerable<object> parents) => new { uid = Uid(type, id), attrs, parents };
}
