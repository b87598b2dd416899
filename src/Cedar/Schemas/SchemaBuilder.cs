using System.Collections.Immutable;

namespace RestateCloud.Cedar.Schemas;

/// <summary>Makes a schema of declarations: resolves names and types, and works out the hierarchies.</summary>
internal sealed class SchemaBuilder
{
    private readonly NameTable _names;
    private readonly TypeResolver _types;
    private readonly Dictionary<string, IReadOnlyList<string>> _typeParents = [];
    private readonly Dictionary<EntityUid, IReadOnlyList<EntityUid>> _actionParents = [];
    private readonly List<(string Name, RecordType Shape, SchemaType? Tags, IReadOnlySet<string>? Ids)> _entityTypes = [];
    private readonly List<(EntityUid Uid, Place Place, AppliesTo AppliesTo)> _actions = [];

    private SchemaBuilder(NameTable names) => (_names, _types) = (names, new TypeResolver(names));

    public static SchemaModel Build(ImmutableArray<NamespaceDeclaration> namespaces)
    {
        var names = new NameTable(namespaces);
        var builder = new SchemaBuilder(names);
        foreach (var type in names.CommonTypes) builder._types.Resolve(type);
        foreach (var space in namespaces)
        {
            foreach (var type in space.EntityTypes) builder.Add(type, space);
            foreach (var action in space.Actions) builder.Add(action, space);
        }

        try
        {
            return new SchemaModel(builder.EntityTypes(), builder.Actions());
        }
        catch (ArgumentException error)
        {
            throw new CedarParseException(error.Message, inner: error);
        }
    }

    private void Add(EntityTypeDeclaration type, NamespaceDeclaration space)
    {
        var parents = EntityTypes(type.Parents, space);
        var shape = _types.ResolveRecord(type.Shape, space, "the shape of an entity type");
        var tags = type.Tags is null ? null : _types.Resolve(type.Tags, space);
        var ids = type.Ids?.ToHashSet();
        foreach (var name in type.Names)
        {
            var full = space.Qualify(name.Text);
            _typeParents.Add(full, parents);
            _entityTypes.Add((full, shape, tags, ids));
        }
    }

    private void Add(ActionDeclaration action, NamespaceDeclaration space)
    {
        var parents = action.Parents.Select(parent => _names.ResolveAction(parent, space)).Distinct().ToArray();
        var appliesTo = action.AppliesTo is { } given
            ? new AppliesTo(
                EntityTypes(given.Principals, space).ToHashSet(),
                EntityTypes(given.Resources, space).ToHashSet(),
                _types.ResolveRecord(given.Context, space, "a context"))
            : AppliesTo.Nothing;
        foreach (var name in action.Names)
        {
            var uid = EntityUid.FromValid(space.Qualify("Action"), name.Text);
            _actionParents.Add(uid, parents);
            _actions.Add((uid, name.Place, appliesTo));
        }
    }

    private string[] EntityTypes(ImmutableArray<NameSyntax> given, NamespaceDeclaration space)
    {
        var types = new string[given.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var name = given[i];
            _names.Resolve(ref name, NameUse.EntityType, space);
            types[i] = _names.IsEntityType(name.Text) ? name.Text : throw name.Place.Error($"`{name.Text}` is the type of actions; here it is no entity type");
        }

        return types;
    }

    private IEnumerable<EntityTypeDefinition> EntityTypes()
    {
        var ancestors = Ancestry.Of(_typeParents);
        return _entityTypes.Select(type => new EntityTypeDefinition(type.Name, type.Shape, type.Tags, type.Ids, ancestors[type.Name]));
    }

    private IEnumerable<ActionDefinition> Actions()
    {
        var ancestors = Ancestry.Of(_actionParents);
        foreach (var (uid, place, appliesTo) in _actions)
        {
            if (ancestors[uid].Contains(uid)) throw place.Error($"the action {uid} is in itself: groups of actions may have no cycle");
            yield return new ActionDefinition(
                uid, [.. _actionParents[uid]], ancestors[uid], appliesTo.Principals, appliesTo.Resources, appliesTo.Context);
        }
    }

    private sealed record AppliesTo(IReadOnlySet<string> Principals, IReadOnlySet<string> Resources, RecordType Context)
    {
        public static readonly AppliesTo Nothing = new(new HashSet<string>(), new HashSet<string>(), RecordType.Empty);
    }
}
