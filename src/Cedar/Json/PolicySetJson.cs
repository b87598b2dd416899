using System.Text.Json;

namespace RestateCloud.Cedar.Json;

/// <summary>The JSON form of policy sets: policies and templates by id, and the links.</summary>
internal static class PolicySetJson
{
    private const string StaticPolicies = "staticPolicies";
    private const string Templates = "templates";
    private const string TemplateLinks = "templateLinks";
    private const string PrincipalSlot = "?principal";
    private const string ResourceSlot = "?resource";

    public static PolicySet Read(string json)
    {
        using var document = JsonInput.Parse(json, PolicyJsonFormat.MaxDepth);
        var (root, path) = (document.RootElement, JsonPath.Root);
        JsonInput.Only(root, path, StaticPolicies, Templates, TemplateLinks);
        var written = ReadPolicies(root, StaticPolicies, path, template: false).Concat(ReadPolicies(root, Templates, path, template: true));
        try
        {
            var set = PolicySet.Of(written);
            return root.TryGetProperty(TemplateLinks, out var links)
                ? set.With(JsonInput.Elements(links, path.Property(TemplateLinks)).Select(link => ReadLink(set, link.Value, link.Path)).ToList())
                : set;
        }
        catch (ArgumentException error)
        {
            throw path.Error(error.Message, error);
        }
    }

    public static string Write(PolicySet set) => JsonOutput.Write(
        writer =>
        {
            writer.WriteStartObject();
            WritePolicies(writer, StaticPolicies, set.Policies.Where(policy => !policy.IsTemplate && policy.Link is null));
            WritePolicies(writer, Templates, set.Policies.Where(policy => policy.IsTemplate));
            writer.WriteStartArray(TemplateLinks);
            foreach (var policy in set.Policies) WriteLink(writer, policy);
            writer.WriteEndArray();
            writer.WriteEndObject();
        },
        PolicyJsonFormat.MaxDepth);

    private static IEnumerable<Policy> ReadPolicies(JsonElement root, string name, JsonPath path, bool template)
    {
        if (!root.TryGetProperty(name, out var policies)) yield break;
        foreach (var (id, json, at) in JsonInput.Properties(policies, path.Property(name)))
        {
            var policy = new Policy(id, PolicyJsonReader.Read(json, at));
            if (policy.IsTemplate != template) throw at.Error(template ? "a template has a slot" : "a policy with a slot belongs to the templates");
            yield return policy;
        }
    }

    private static Policy ReadLink(PolicySet set, JsonElement json, JsonPath path)
    {
        JsonInput.Only(json, path, "templateId", "newId", "values");
        var template = JsonInput.Text(JsonInput.Required(json, "templateId", path), path.Property("templateId"));
        var id = JsonInput.Text(JsonInput.Required(json, "newId", path), path.Property("newId"));
        var values = JsonInput.Required(json, "values", path);
        JsonInput.Only(values, path.Property("values"), PrincipalSlot, ResourceSlot);
        return set.TryGet(template, out var found)
            ? found.LinkTo(id, Value(PrincipalSlot), Value(ResourceSlot))
            : throw path.Error($"there is no template `{template}`");

        EntityUid? Value(string slot) =>
            values.TryGetProperty(slot, out var uid) ? ValueJsonReader.ReadUid(uid, path.Property("values").Property(slot)) : null;
    }

    private static void WritePolicies(Utf8JsonWriter writer, string name, IEnumerable<Policy> policies)
    {
        writer.WriteStartObject(name);
        foreach (var policy in policies)
        {
            writer.WritePropertyName(policy.Id);
            PolicyJsonWriter.Write(writer, policy.Body);
        }

        writer.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter writer, Policy policy)
    {
        if (policy.Link is not { } link) return;
        writer.WriteStartObject();
        writer.WriteString("templateId", link.Template.Id);
        writer.WriteString("newId", policy.Id);
        writer.WriteStartObject("values");
        WriteSlot(PrincipalSlot, link.Principal);
        WriteSlot(ResourceSlot, link.Resource);
        writer.WriteEndObject();
        writer.WriteEndObject();

        void WriteSlot(string slot, EntityUid? uid)
        {
            if (uid is null) return;
            writer.WritePropertyName(slot);
            JsonOutput.WriteUid(writer, uid);
        }
    }
}
