using System.Text.Json;
using RestateCloud.Cedar.Tests.Oracle;
using RestateCloud.Cedar.Tests.Validation.Generated;

namespace RestateCloud.Cedar.Tests.Validation;

/// <summary>A generated schema, in either syntax, with policies, links, entities and a request for it.</summary>
internal sealed record GeneratedValidation(
    string Schema,
    bool IsJson,
    IReadOnlyList<(string Text, bool IsTemplate)> Policies,
    IReadOnlyList<(string TemplateId, string Id, EntityUid? Principal, EntityUid? Resource)> Links,
    string Entities,
    (string Principal, string Action, string Resource, string Context) Request)
{
    public static GeneratedValidation From(Choices choices)
    {
        var plan = new SchemaPlanGenerator(choices).Plan();
        var json = choices.Once(3);
        var schema = json ? new JsonSchemaWriter(plan, choices).Write() : new CedarSchemaWriter(plan, choices).Write();
        var generator = new TypedPolicyGenerator(choices, plan);
        var data = new TypedDataGenerator(choices, plan);
        var policies = new List<(string Text, bool IsTemplate)> { generator.Policy() };
        policies.AddRange(choices.Some(2, generator.Policy));
        var links = policies.Select((policy, i) => (policy, i)).Where(item => item.policy.IsTemplate)
            .Select(item => ($"policy{item.i}", $"link{item.i}", Slot(item.policy.Text, "?principal"), Slot(item.policy.Text, "?resource")));
        return new GeneratedValidation(schema, json, policies, [.. links], data.Entities(), data.Request(generator.Action()));

        EntityUid? Slot(string text, string slot)
        {
            if (!text.Contains(slot, StringComparison.Ordinal)) return null;
            var type = choices.Once(20) ? "Nobody" : choices.Of<PlanEntity>([.. plan.Entities]).Name;
            return EntityUid.Parse(generator.EntityOf(type is "__cedar" or "in" ? "User" : type));
        }
    }

    /// <summary>The schema as a value of the reference's JSON calls.</summary>
    public string SchemaValue => IsJson ? Schema : JsonSerializer.Serialize(Schema);

    /// <summary>The argument of the reference's <c>validate</c>.</summary>
    public string ValidationCall => $"{{\"schema\":{SchemaValue},\"policies\":{PolicySetValue}}}";

    /// <summary>The argument of the reference's <c>isAuthorized</c>.</summary>
    public string AuthorizationCall =>
        $"{{\"principal\":{Request.Principal},\"action\":{Request.Action},\"resource\":{Request.Resource},\"context\":{Request.Context},\"entities\":{Entities},\"schema\":{SchemaValue},\"validateRequest\":true,\"policies\":{PolicySetValue}}}";

    /// <summary>The argument of the reference's <c>checkParseEntities</c>.</summary>
    public string EntitiesCall => $"{{\"entities\":{Entities},\"schema\":{SchemaValue}}}";

    public string RequestValue =>
        $"{{\"principal\":{Request.Principal},\"action\":{Request.Action},\"resource\":{Request.Resource},\"context\":{Request.Context}}}";

    private string PolicySetValue
    {
        get
        {
            var links = Links.Select(link =>
                $"{{\"templateId\":\"{link.TemplateId}\",\"newId\":\"{link.Id}\",\"values\":{{{string.Join(",", Slots(link.Principal, link.Resource))}}}}}");
            return $"{{\"staticPolicies\":{{{Map(false)}}},\"templates\":{{{Map(true)}}},\"templateLinks\":[{string.Join(",", links)}]}}";
        }
    }

    public Schema ParseSchema() => IsJson ? Cedar.Schema.ParseJson(Schema) : Cedar.Schema.Parse(Schema);

    public PolicySet ParsePolicies()
    {
        var policies = PolicySet.Of(Policies.Select((policy, i) => Policy.Parse(policy.Text, $"policy{i}")));
        return Links.Aggregate(policies, (set, link) => set.WithLink(link.TemplateId, link.Id, link.Principal, link.Resource));
    }

    public override string ToString() =>
        $"{Schema}\n{string.Join('\n', Policies.Select(policy => policy.Text))}\nlinks: {string.Join(", ", Links)}\nentities: {Entities}\nrequest: {RequestValue}";

    private static IEnumerable<string> Slots(EntityUid? principal, EntityUid? resource)
    {
        if (principal is not null) yield return $"\"?principal\":{Uid(principal)}";
        if (resource is not null) yield return $"\"?resource\":{Uid(resource)}";
    }

    private static string Uid(EntityUid uid) => $"{{\"type\":\"{uid.Type}\",\"id\":\"{uid.Id}\"}}";

    private string Map(bool templates) => string.Join(",", Policies.Select((policy, i) => (policy, i)).Where(item => item.policy.IsTemplate == templates)
        .Select(item => $"\"policy{item.i}\":{JsonSerializer.Serialize(item.policy.Text)}"));
}
