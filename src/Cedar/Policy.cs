using System.Collections.ObjectModel;
using RestateCloud.Cedar.Evaluation;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar;

/// <summary>
/// A policy with its id: written out, a template (its scope has slots, so it decides nothing itself), or a template linked
/// to entities. Immutable.
/// </summary>
public sealed class Policy
{
    private readonly Lazy<Node[]> _conditions;

    internal Policy(string id, PolicyBody body)
        : this(id, body, null, new Lazy<Node[]>(() => Compile(body)))
    {
    }

    private Policy(string id, PolicyBody body, TemplateLink? link, Lazy<Node[]> conditions)
    {
        ArgumentNullException.ThrowIfNull(id);
        Id = id;
        Body = body;
        Link = link;
        _conditions = conditions;
        Annotations = body.Annotations.IsEmpty ? ReadOnlyDictionary<string, string>.Empty : body.Annotations.ToDictionary(annotation => annotation.Key, annotation => annotation.Value ?? "");
    }

    /// <summary>The id, unique within a set.</summary>
    public string Id { get; }

    /// <summary>Whether it permits or forbids.</summary>
    public Effect Effect => Body.Effect;

    /// <summary>The annotations by name; one without a value has an empty one.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; }

    /// <summary>Whether the scope has slots; such a policy takes part in decisions only through its links.</summary>
    public bool IsTemplate => Body.IsTemplate;

    /// <summary>The id of the template this is a link of; null for others.</summary>
    public string? TemplateId => Link?.Template.Id;

    internal PolicyBody Body { get; }

    internal TemplateLink? Link { get; }

    /// <summary>The conditions, all of which must hold; compiled when first needed, and once for all links of a template.</summary>
    internal Node[] CompiledConditions => _conditions.Value;

    /// <summary>Reads one policy or template from Cedar text.</summary>
    /// <exception cref="CedarParseException">The text is not exactly one policy.</exception>
    public static Policy Parse(string text, string id = "policy0") => new(id, PolicyParser.ParseOne(text));

    /// <summary>Reads one policy or template from its JSON form (EST).</summary>
    /// <exception cref="CedarParseException">The document is not JSON or not a policy.</exception>
    public static Policy ParseJson(string json, string id = "policy0") => new(id, PolicyJsonReader.Read(json));

    /// <summary>The policy in its JSON form (EST). A link is written as the policy it amounts to.</summary>
    public string ToJson() => PolicyJsonWriter.Write(Body);

    /// <summary>The policy as Cedar text, laid out over lines. Parsing it gives an equal policy.</summary>
    public override string ToString() => PolicyPrinter.Print(Body);

    /// <summary>Fills the slots of this template.</summary>
    /// <param name="id">The id of the policy that results.</param>
    /// <param name="principal">The entity for <c>?principal</c>; null exactly where the template has no such slot.</param>
    /// <param name="resource">The entity for <c>?resource</c>; null exactly where the template has no such slot.</param>
    /// <exception cref="ArgumentException">An entity is missing for a slot, or given without one, or this is no template.</exception>
    public Policy LinkTo(string id, EntityUid? principal = null, EntityUid? resource = null)
    {
        if (!IsTemplate) throw new ArgumentException($"the policy `{Id}` is no template");
        var body = Body with
        {
            Principal = Fill(Body.Principal, principal, "principal"),
            Resource = Fill(Body.Resource, resource, "resource"),
        };
        return new Policy(id, body, new TemplateLink(this, principal, resource), _conditions);
    }

    private ScopeConstraint Fill(ScopeConstraint constraint, EntityUid? value, string slot)
    {
        if (constraint.HasSlot != value is not null)
            throw new ArgumentException($"the template `{Id}` has {(constraint.HasSlot ? "a" : "no")} slot `?{slot}`", slot);
        return value is null ? constraint : constraint.Fill(value);
    }

    private static Node[] Compile(PolicyBody body) =>
        [.. body.Conditions.Select(condition => Compiler.Compile(condition.AsRequirement()))];
}
