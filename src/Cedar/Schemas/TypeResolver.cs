namespace RestateCloud.Cedar.Schemas;

/// <summary>Turns types as written into types without names; each common type once.</summary>
internal sealed class TypeResolver(NameTable names)
{
    private readonly HashSet<CommonTypeDefinition> _open = [];
    private int _depth;

    public SchemaType Resolve(TypeSyntax syntax, NamespaceDeclaration space)
    {
        if (_depth == SchemaType.MaxDepth) throw syntax.Place.Error($"types nest deeper than {SchemaType.MaxDepth} levels here");
        _depth++;
        var type = syntax switch
        {
            NamedTypeSyntax named => Resolve(named, space),
            SetTypeSyntax set => new SetType(Resolve(set.Element, space)),
            RecordTypeSyntax record => Resolve(record, space),
            ResolvedTypeSyntax resolved => resolved.Type,
            _ => throw new ArgumentOutOfRangeException(nameof(syntax)),
        };
        _depth--;
        return type.Parts <= SchemaType.MaxParts
            ? type
            : throw syntax.Place.Error($"this type has more than {SchemaType.MaxParts} parts when written out in full");
    }

    /// <summary>The record a shape or context is, by itself or by the name it has.</summary>
    public RecordType ResolveRecord(TypeSyntax? syntax, NamespaceDeclaration space, string what) =>
        syntax is null ? RecordType.Empty
        : Resolve(syntax, space) as RecordType ?? throw syntax.Place.Error($"{what} is a record, and this type is none");

    public void Resolve(CommonTypeDefinition definition) => Follow(definition, definition.Place);

    private SchemaType Resolve(NamedTypeSyntax named, NamespaceDeclaration space)
    {
        var name = new NameSyntax(named.Name, named.Place);
        var definition = names.Resolve(ref name, named.Use, space);
        return definition is null ? new EntityReferenceType(name.Text) : Follow(definition, named.Place);
    }

    private SchemaType Follow(CommonTypeDefinition definition, Place? place)
    {
        if (definition.Resolved is { } known) return known;
        if (!_open.Add(definition)) throw place!.Error($"the common type `{definition.Name}` contains itself");
        definition.Resolved = Resolve(definition.Syntax!, definition.Space!);
        _open.Remove(definition);
        return definition.Resolved;
    }

    private RecordType Resolve(RecordTypeSyntax record, NamespaceDeclaration space)
    {
        var attributes = new Dictionary<string, AttributeType>();

        // Of an attribute declared twice the last counts, as in the reference; its JSON syntax does not read one.
        foreach (var attribute in record.Attributes)
            attributes[attribute.Name] = new AttributeType(Resolve(attribute.Type, space), attribute.Required);
        return new RecordType(attributes);
    }
}
