using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>
/// All names a schema declares, and what a name means where it is used: a name without namespace is looked for in the
/// namespace around it, then outside of any, and a common type goes before an entity type of the same name.
/// </summary>
internal sealed class NameTable
{
    private static readonly ImmutableArray<SchemaType> BuiltIns = [BoolType.Any, ScalarType.Long, ScalarType.String, .. ScalarType.Extensions];

    private readonly Dictionary<string, CommonTypeDefinition> _commonTypes = [];
    private readonly Dictionary<string, Place> _entityTypes = [];
    private readonly Dictionary<EntityUid, Place> _actions = [];
    private readonly HashSet<string> _actionTypes = [];

    public NameTable(ImmutableArray<NamespaceDeclaration> namespaces)
    {
        foreach (var space in namespaces) Declare(space);
        CheckShadowing();
        foreach (var type in BuiltIns) DeclareBuiltIn(type.ToString()!, type);
    }

    public IEnumerable<CommonTypeDefinition> CommonTypes => _commonTypes.Values;

    /// <summary>Whether entities of this type are declared; the types of actions do not count.</summary>
    public bool IsEntityType(string name) => _entityTypes.ContainsKey(name);

    /// <summary>The common type a name means; null where it means an entity type.</summary>
    /// <param name="name">The name as written; replaced by the full name of the entity type.</param>
    /// <param name="use">What it may mean.</param>
    /// <param name="space">The namespace it is used in.</param>
    /// <exception cref="CedarParseException">It means nothing.</exception>
    public CommonTypeDefinition? Resolve(ref NameSyntax name, NameUse use, NamespaceDeclaration space)
    {
        foreach (var candidate in Candidates(name.Text, space))
        {
            if (use != NameUse.EntityType && _commonTypes.TryGetValue(candidate, out var type)) return type;
            if (use == NameUse.CommonType || !(_entityTypes.ContainsKey(candidate) || _actionTypes.Contains(candidate))) continue;
            name = name with { Text = candidate };
            return null;
        }

        throw NotDeclared(name, use, space);
    }

    /// <summary>The declared action a reference means.</summary>
    public EntityUid ResolveAction(ActionReference action, NamespaceDeclaration space)
    {
        foreach (var type in Candidates(action.Type ?? "Action", space))
            if (Identifiers.IsName(type) && EntityUid.FromValid(type, action.Id) is var uid && _actions.ContainsKey(uid)) return uid;
        var near = Suggestion.For(action.Id, _actions.Keys.Select(uid => uid.Id));
        throw action.Place.Error($"the action `{action.Id}` is not declared{near}");
    }

    private static IEnumerable<string> Candidates(string name, NamespaceDeclaration space)
    {
        if (space.Name is not null && !name.Contains("::")) yield return space.Qualify(name);
        yield return name;
    }

    private void Declare(NamespaceDeclaration space)
    {
        foreach (var type in space.CommonTypes)
        {
            if (type.Name.Text is "Bool" or "Boolean" or "Entity" or "Extension" or "Long" or "Record" or "Set" or "String")
                throw type.Name.Place.Error($"`{type.Name.Text}` is a word of the language and cannot name a common type");
            var definition = new CommonTypeDefinition(Declared(type.Name, space), type, space);
            if (!_commonTypes.TryAdd(definition.Name, definition)) throw Twice("common type", type.Name);
        }

        foreach (var name in space.EntityTypes.SelectMany(type => type.Names))
        {
            if (name.Text == "Action") throw name.Place.Error("`Action` is the type of actions, which are declared with `action`");
            if (!_entityTypes.TryAdd(Declared(name, space), name.Place)) throw Twice("entity type", name);
        }

        if (space.Actions.IsEmpty) return;
        var actionType = space.Qualify("Action");
        _actionTypes.Add(actionType);
        foreach (var name in space.Actions.SelectMany(action => action.Names))
            if (!_actions.TryAdd(EntityUid.FromValid(actionType, name.Text), name.Place)) throw Twice("action", name);
    }

    /// <summary>The built-in types are in the namespace <c>__cedar</c>, and outside of any where no declaration takes the name.</summary>
    private void DeclareBuiltIn(string name, SchemaType type)
    {
        var definition = new CommonTypeDefinition(name, type);
        _commonTypes.Add($"{Identifiers.CedarNamespace}::{name}", definition);
        if (!_entityTypes.ContainsKey(name)) _commonTypes.TryAdd(name, definition);
    }

    /// <summary>
    /// A name without namespace may not be declared in a namespace as well: whoever reads it there could not say it
    /// otherwise (RFC 70 of the language).
    /// </summary>
    private void CheckShadowing()
    {
        var places = _commonTypes.Values.Select(type => (type.Name, Place: type.Place!))
            .Concat(_entityTypes.Select(type => (Name: type.Key, Place: type.Value)));
        foreach (var (name, place) in places)
        {
            var plain = Identifiers.BaseName(name).ToString();
            if (plain.Length < name.Length && (_commonTypes.ContainsKey(plain) || _entityTypes.ContainsKey(plain)))
                throw place.Error($"`{name}` hides the type `{plain}`, which is declared outside of any namespace; rename one of them");
        }

        foreach (var (action, place) in _actions)
            if (action.Type != "Action" && _actions.ContainsKey(EntityUid.FromValid("Action", action.Id)))
                throw place.Error($"the action {action} hides the one declared outside of any namespace; rename one of them");
    }

    private CedarParseException NotDeclared(NameSyntax name, NameUse use, NamespaceDeclaration space)
    {
        var what = use switch { NameUse.EntityType => "entity type", NameUse.CommonType => "common type", _ => "type" };
        if (use == NameUse.CommonType && Candidates(name.Text, space).Any(IsEntityType))
            return name.Place.Error($"`{name.Text}` is an entity type; here the name of a common type is expected");
        if (use == NameUse.EntityType && Candidates(name.Text, space).Any(_commonTypes.ContainsKey))
            return name.Place.Error($"`{name.Text}` is a common type; here the name of an entity type is expected");
        IEnumerable<string> known = use switch
        {
            NameUse.EntityType => _entityTypes.Keys,
            NameUse.CommonType => _commonTypes.Keys,
            _ => _commonTypes.Keys.Concat(_entityTypes.Keys),
        };
        var prefix = space.Name is null ? "" : space.Qualify("");
        var near = Suggestion.For(name.Text, known.Select(other => prefix.Length > 0 && other.StartsWith(prefix, StringComparison.Ordinal) ? other[prefix.Length..] : other));
        return name.Place.Error($"the {what} `{name.Text}` is not declared{near}");
    }

    private static string Declared(NameSyntax name, NamespaceDeclaration space)
    {
        if (name.Text == Identifiers.CedarNamespace) throw name.Place.Error("the name `__cedar` belongs to the language");
        return space.Qualify(name.Text);
    }

    private static CedarParseException Twice(string what, NameSyntax name) =>
        name.Place.Error($"the {what} `{name.Text}` comes twice");
}
