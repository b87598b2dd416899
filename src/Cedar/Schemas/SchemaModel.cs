using System.Collections.Frozen;
using RestateCloud.Cedar.Json;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Schemas;

/// <summary>A schema with all names resolved: what there is, by full name.</summary>
internal sealed class SchemaModel : ISchemaTypes
{
    /// <summary>The most combinations of an action, a type of principal and a type of resource; policies are checked in each.</summary>
    public const int MaxEnvironments = 1_000_000;

    private readonly FrozenSet<(string Type, string Ancestor)> _actionTypesIn;
    private readonly EntityConformance _entities;
    private readonly RequestConformance _requests;

    /// <exception cref="ArgumentException">There are more than <see cref="MaxEnvironments"/>.</exception>
    public SchemaModel(IEnumerable<EntityTypeDefinition> entityTypes, IEnumerable<ActionDefinition> actions)
    {
        _entities = new EntityConformance(this);
        _requests = new RequestConformance(this);
        EntityTypes = entityTypes.ToFrozenDictionary(type => type.Name);
        Actions = actions.ToFrozenDictionary(action => action.Uid);
        if (Actions.Values.Sum(action => (long)action.Principals.Count * action.Resources.Count) > MaxEnvironments)
            throw new ArgumentException($"the actions apply to more than {MaxEnvironments} combinations of a principal and a resource type");
        _actionTypesIn = Actions.Values
            .SelectMany(action => action.Ancestors, (action, ancestor) => (action.Uid.Type, ancestor.Type)).ToFrozenSet();
    }

    public FrozenDictionary<string, EntityTypeDefinition> EntityTypes { get; }

    public FrozenDictionary<EntityUid, ActionDefinition> Actions { get; }

    IEnumerable<Entity> ISchemaTypes.Actions => Actions.Values.Select(action => new Entity(action.Uid, parents: action.Parents));

    public EntityTypeDefinition? FindEntityType(string name) => EntityTypes.GetValueOrDefault(name);

    public ActionDefinition? FindAction(EntityUid uid) => Actions.GetValueOrDefault(uid);

    /// <summary>Whether policies may name this entity type; the types of actions are always known.</summary>
    public bool IsKnownType(string type) => Identifiers.IsActionType(type) || EntityTypes.ContainsKey(type);

    /// <summary>Whether an entity of one type can be in an entity of another.</summary>
    public bool MayBeIn(string type, string ancestor) =>
        type == ancestor || EntityTypes.GetValueOrDefault(type)?.Ancestors.Contains(ancestor) == true || _actionTypesIn.Contains((type, ancestor));

    public IExpectedType? AttributeType(string entityType, string attribute) => FindEntityType(entityType)?.Attributes.Field(attribute);

    public IExpectedType? TagType(string entityType) => FindEntityType(entityType)?.Tags;

    public IExpectedType? ContextType(EntityUid action) => FindAction(action)?.Context;

    public string? FindFault(Entity entity) => _entities.FindFault(entity);

    public string? FindFault(Entity action, ReadOnlySpan<EntityUid> ancestors) => _entities.FindFault(action, ancestors);

    public string? FindFault(in Request request) => _requests.FindFault(request);
}
