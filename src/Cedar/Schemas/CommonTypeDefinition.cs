namespace RestateCloud.Cedar.Schemas;

/// <summary>A common type: a name for a type.</summary>
internal sealed class CommonTypeDefinition
{
    public CommonTypeDefinition(string name, CommonTypeDeclaration declaration, NamespaceDeclaration space) =>
        (Name, Place, Syntax, Space) = (name, declaration.Name.Place, declaration.Type, space);

    public CommonTypeDefinition(string name, SchemaType builtIn) => (Name, Resolved) = (name, builtIn);

    /// <summary>The name with its namespace.</summary>
    public string Name { get; }

    /// <summary>Where the name is declared; null for those of the language.</summary>
    public Place? Place { get; }

    /// <summary>The type as written; null for those of the language.</summary>
    public TypeSyntax? Syntax { get; }

    /// <summary>The namespace it is declared in; null for those of the language.</summary>
    public NamespaceDeclaration? Space { get; }

    /// <summary>The type, once it is resolved.</summary>
    public SchemaType? Resolved { get; set; }
}
