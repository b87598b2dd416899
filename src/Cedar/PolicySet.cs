using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RestateCloud.Cedar.Authorization;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Policies;

namespace RestateCloud.Cedar;

/// <summary>
/// Policies, templates and links with distinct ids. Immutable: keep one and use it for every request. It is compiled and
/// indexed at the first decision.
/// </summary>
public sealed class PolicySet
{
    private readonly ImmutableArray<Policy> _policies;
    private readonly Dictionary<string, Policy> _byId;
    private PolicyIndex? _index;

    private PolicySet(ImmutableArray<Policy> policies)
    {
        _policies = policies;
        _byId = new Dictionary<string, Policy>(policies.Length);
        foreach (var policy in policies)
            if (!_byId.TryAdd(policy.Id, policy)) throw new ArgumentException($"the policy id `{policy.Id}` comes twice");
    }

    /// <summary>A set that permits nothing.</summary>
    public static PolicySet Empty { get; } = new([]);

    /// <summary>All policies, templates and links, in their order.</summary>
    public ImmutableArray<Policy> Policies => _policies;

    internal PolicyIndex Index => _index ?? LazyInitializer.EnsureInitialized(
        ref _index, () => new PolicyIndex(_policies.Where(policy => !policy.IsTemplate)));

    /// <summary>
    /// Reads the policies and templates of a Cedar text. Their ids are <c>policy0</c>, <c>policy1</c> and so on in the order
    /// of the text, whatever their annotations say.
    /// </summary>
    /// <exception cref="CedarParseException">The text is not Cedar; the message shows where.</exception>
    public static PolicySet Parse(string text) =>
        new([.. PolicyParser.ParseAll(text).Select((body, i) => new Policy($"policy{i}", body))]);

    /// <summary>
    /// Reads the JSON form of a set: <c>staticPolicies</c> and <c>templates</c> by id, and <c>templateLinks</c>.
    /// </summary>
    /// <exception cref="CedarParseException">The document is not JSON or not a policy set.</exception>
    public static PolicySet ParseJson(string json) => PolicySetJson.Read(json);

    /// <summary>The set in its JSON form.</summary>
    public string ToJson() => PolicySetJson.Write(this);

    /// <summary>All policies and templates as Cedar text; links, which have no text, are left out.</summary>
    public override string ToString() =>
        string.Join("\n\n", _policies.Where(policy => policy.Link is null).Select(policy => policy.ToString()));

    /// <summary>A set of these policies.</summary>
    /// <exception cref="ArgumentException">An id comes twice.</exception>
    public static PolicySet Of(params IEnumerable<Policy> policies) => new([.. policies]);

    /// <summary>This set with more policies; adding many at once is cheaper than one by one.</summary>
    /// <exception cref="ArgumentException">An id is taken.</exception>
    public PolicySet With(params IEnumerable<Policy> policies) => new([.. _policies, .. policies]);

    /// <summary>This set with a link of one of its templates.</summary>
    /// <param name="templateId">The template.</param>
    /// <param name="newId">The id of the link.</param>
    /// <param name="principal">The entity for <c>?principal</c>, if the template has the slot.</param>
    /// <param name="resource">The entity for <c>?resource</c>, if the template has the slot.</param>
    /// <exception cref="ArgumentException">There is no such template, a slot is not filled or not there, or the id is taken.</exception>
    public PolicySet WithLink(string templateId, string newId, EntityUid? principal = null, EntityUid? resource = null) =>
        TryGet(templateId, out var template)
            ? With(template.LinkTo(newId, principal, resource))
            : throw new ArgumentException($"there is no template `{templateId}`", nameof(templateId));

    /// <summary>The policy of this id; false where there is none.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out Policy? policy) => _byId.TryGetValue(id, out policy);
}
